// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("printf")
struct PrintfTests {
    static let rows: [ModelRow] = [
        ModelRow("text and number", "printf '%s-%03d\\n' a 7", out: "a-007\n"),
        ModelRow("again for more words", "printf '%s,' a b", out: "a,b,"),
        ModelRow("octal and hexadecimal", "printf '%d %x\\n' 010 255", out: "8 ff\n"),
        ModelRow("a letter", "printf '%d\\n' \"'A\"", out: "65\n"),
        ModelRow("floating", "printf '%.2f %g\\n' 1.5 0.25", out: "1.50 0.25\n"),
        ModelRow(
            "no number",
            "printf '%d\\n' a",
            exit: 1,
            out: "0\n",
            err: "sh: 1: printf: a: expected numeric value\n"
        ),
        ModelRow(
            "half a number",
            "printf '%d\\n' 3x",
            exit: 1,
            out: "3\n",
            err: "sh: 1: printf: 3x: not completely converted\n"
        ),
        ModelRow(
            "too large",
            "printf '%d\\n' 99999999999999999999",
            exit: 1,
            out: "9223372036854775807\n",
            err: "sh: 1: printf: 99999999999999999999: Numerical result out of range\n"
        ),
        ModelRow("a directive that is none", "printf '%y'", exit: 2, err: "sh: 1: printf: %y: invalid directive\n"),
        ModelRow("no format", "printf", exit: 2, err: "sh: 1: printf: usage: printf format [arg ...]\n"),
        ModelRow("an option that is none", "printf -x", exit: 2, err: "sh: 1: printf: Illegal option -x\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
