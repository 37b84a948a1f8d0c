// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@Suite("Arithmetic as a tree")
struct ArithmeticParserTests {
    private static func text(_ expression: ArithmeticExpression) -> String {
        switch expression {
        case .number(let number): "\(number)"
        case .variable(let name): name.text
        case .assignment(let name, let sign, let value): "\(name.text) \(sign ?? "")= \(text(value))"
        case .step(let name, let distance, let isBefore): "\(isBefore ? "before" : "behind") \(name.text) \(distance)"
        case .prefix(let sign, let operand): String(UnicodeScalar(sign)) + text(operand)
        case .chain(let first, let rest):
            "(" + rest.reduce(text(first)) { "\($0) \($1.sign) \(text($1.operand))" } + ")"
        case .all(let operands): "all(" + operands.map(text).joined(separator: ", ") + ")"
        case .any(let operands): "any(" + operands.map(text).joined(separator: ", ") + ")"
        case .conditional(let condition, let then, let otherwise):
            "(\(text(condition)) ? \(text(then)) : \(text(otherwise)))"
        case .sequence(let items): items.map(text).joined(separator: "; ")
        case .problem(let message): "problem: " + message.replacing("arithmetic expression: ", with: "")
        }
    }

    static let rows: [(text: String, dialect: ShellDialect, outline: String)] = [
        ("1+2*3", .dash, "(1 + (2 * 3))"), ("1-2-3", .dash, "(1 - 2 - 3)"), ("(1+2)*3", .dash, "((1 + 2) * 3)"),
        ("a=b=2", .dash, "a = b = 2"), ("a<<=1", .dash, "a <<= 1"), ("a==1", .dash, "(a == 1)"),
        ("a&&b||c", .dash, "any(all(a, b), c)"), ("a?b:c?d:e", .dash, "(a ? b : (c ? d : e))"),
        ("-+!~a", .dash, "-!~a"), ("0x1F", .dash, "31"), ("010", .dash, "8"), ("2#101", .bash, "5"),
        ("64#_", .bash, "problem: value too great for base (error token is \"64#_\")"),
        ("a++", .bash, "behind a 1"), ("--a", .bash, "before a -1"), ("2**3", .bash, "(2 ** 3)"),
        ("1,2", .bash, "1; 2"),
        ("1,2", .dash, "1; problem: expecting EOF"), ("", .dash, "problem: expecting primary"), ("", .bash, "0"),
        ("1+", .dash, "(1 + problem: expecting primary)"), ("(1", .dash, "1; problem: expecting ')'"),
        ("1?2", .dash, "(1 ? 2 : problem: expecting ':')"), ("08", .dash, "problem: expecting EOF"),
        ("x=5, 3 @", .bash, "x = 5; 3; problem: expecting EOF"), ("1 2", .dash, "1; problem: expecting EOF"),
        ("\0", .dash, "problem: expecting primary"), ("9223372036854775808", .dash, "9223372036854775807"),
        ("9223372036854775808", .bash, "-9223372036854775808"),
    ]

    @Test("has the ranks of C, and says where the text is wrong", arguments: rows)
    func outline(text: String, dialect: ShellDialect, outline: String) {
        var parser = ArithmeticParser(Array(text.utf8), dialect: dialect)
        #expect(Self.text(parser.expression()) == outline)
    }

    @Test("nests no deeper than can be followed", arguments: ["(", "~", "a=", "1?", "!("])
    func depth(opening: String) {
        var parser = ArithmeticParser(Array((String(repeating: opening, count: 10_000) + "1").utf8), dialect: .bash)
        #expect(Self.text(parser.expression()).contains("too deep"))
    }

    @Test("is as flat as its text", arguments: ["+", "&&", "||", ",", "<<"])
    func flat(sign: String) {
        var parser = ArithmeticParser(
            Array(([String](repeating: "1", count: 100_000).joined(separator: sign)).utf8),
            dialect: .bash
        )
        switch parser.expression() {
        case .chain(_, let rest): #expect(rest.count == 99_999)
        case .all(let items), .any(let items), .sequence(let items): #expect(items.count == 100_000)
        default: Issue.record("was read as something else")
        }
    }
}
