// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("expr")
struct ExprTests {
    static let rows: [ModelRow] = [
        ModelRow("a sum", "expr 1 + 2 \\* 3", out: "7\n"),
        ModelRow("parentheses", "expr \\( 1 + 2 \\) \\* 3", out: "9\n"),
        ModelRow("0 fails", "expr 1 - 1", exit: 1, out: "0\n"),
        ModelRow("a match", "expr abc : ab", out: "2\n"),
        ModelRow("a group", "expr v12 : 'v\\(.*\\)'", out: "12\n"),
        ModelRow("length", "expr length abc", out: "3\n"),
        ModelRow("substr", "expr substr abc 2 2", out: "bc\n"),
        ModelRow("or", "expr '' \\| b", out: "b\n"),
        ModelRow("by zero", "expr 1 / 0", exit: 2, err: "expr: division by zero\n"),
        ModelRow("no number", "expr a + 1", exit: 2, err: "expr: non-integer argument\n"),
        ModelRow("no end", "expr 1 =", exit: 2, err: "expr: syntax error: missing argument after '='\n"),
        ModelRow("none", "expr", exit: 2, err: "expr: missing operand\n"),
        ModelRow("a pattern that is none", "expr a : '\\('", exit: nil, unknown: ["this use of expr is not followed"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
