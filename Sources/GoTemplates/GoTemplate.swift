// SPDX-License-Identifier: Apache-2.0

// Source: Go text/template, as `docker inspect --format` offers it.

import Diagnostics
import Foundation
package import JSONValues

/// A template such as `{{.Config.User}}` or `{{range .Config.Env}}{{println .}}{{end}}`.
///
/// Shape: text with actions in `{{` and `}}` (`{{-` and `-}}` trim blanks). Actions are pipelines of fields, variables, texts,
/// numbers and the functions of `GoTemplateFunctions`, and `range`, `if`, `with`, `else`, `end`. Templates cannot define or call
/// others.
package struct GoTemplate {
    let nodes: [Node]

    indirect enum Node {
        case text(String)
        case action(Pipeline)
        case range(Pipeline, body: [Node], otherwise: [Node])
        case condition(Pipeline, body: [Node], otherwise: [Node])
        case with(Pipeline, body: [Node], otherwise: [Node])
    }

    /// Commands joined by `|`, and the variables that the outcome is kept in.
    struct Pipeline {
        var variables: [String] = []
        /// Whether the variables are new ones (`:=`) and not changed (`=`).
        var declares = true
        var commands: [[Word]] = []
    }

    indirect enum Word {
        case dot
        /// A variable, `$` for the value that the template began with.
        case variable(String)
        case literal(JSONValue)
        case function(String)
        case pipeline(Pipeline)
        /// Fields of the word before.
        case fields(Word, [String])
    }

    /// Reads a template.
    ///
    /// - Throws: a `Failure` (`usage`) for what is not known.
    package init(parsing text: String) throws {
        var parser = GoTemplateParser(try Self.pieces(text))
        nodes = try parser.nodes(depth: 0)
        guard parser.isAtEnd else { throw Self.wrong("there is an {{end}} or {{else}} too many") }
    }

    /// Fills the template with a value.
    ///
    /// - Throws: a `Failure` (`usage`) when a field is not there, or a function cannot take what it is given.
    package func render(_ value: JSONValue) throws -> String {
        var renderer = GoTemplateRenderer(root: value)
        try renderer.render(nodes, value)
        return renderer.output
    }

    static func wrong(_ why: String) -> Failure {
        Failure(
            .usage,
            "the template cannot be used",
            at: .option("--format"),
            why: why,
            fix: "write it like '{{.Config.User}}' or '{{json .Config}}'"
        )
    }

    enum Piece {
        case text(String)
        case action([Token])
    }

    enum Token: Equatable {
        case fields([String])
        case variable(String)
        case name(String)
        case text(String)
        case number(String)
        case mark(Character)
        case declare
    }

    private static func pieces(_ text: String) throws -> [Piece] {
        var result: [Piece] = []
        var rest = text[...]
        var trimsNext = false
        func blank(_ character: Character) -> Bool { character.isWhitespace }
        while let open = rest.range(of: "{{") {
            var before = rest[..<open.lowerBound]
            guard let close = try end(of: rest[open.upperBound...]) else { throw wrong("a {{ is not closed") }
            var body = rest[open.upperBound..<close.lowerBound]
            if trimsNext { before = before.drop(while: blank) }
            // `{{-3}}` is a number, as Go has it.
            if body.first == "-", body.dropFirst().first.map(blank) != false {
                body = body.dropFirst()
                while let last = before.last, blank(last) { before = before.dropLast() }
            }
            trimsNext = body.last == "-" && body.dropLast().last.map(blank) != false
            if trimsNext { body = body.dropLast() }
            if !before.isEmpty { result.append(.text(String(before))) }
            if !body.drop(while: blank).hasPrefix("/*") { result.append(.action(try tokens(body))) }
            rest = rest[close.upperBound...]
        }
        if trimsNext { rest = rest.drop(while: blank) }
        if !rest.isEmpty { result.append(.text(String(rest))) }
        return result
    }

    /// Where an action ends: at `}}` that does not stand in a text.
    private static func end(of body: Substring) throws -> Range<String.Index>? {
        if body.drop(while: { $0.isWhitespace || $0 == "-" }).hasPrefix("/*") { return body.range(of: "}}") }
        var quote: Character?
        var index = body.startIndex
        while index < body.endIndex {
            let character = body[index]
            if let open = quote {
                if character == "\\", open == "\"" { index = body.index(after: index) }
                if character == open { quote = nil }
            } else if character == "\"" || character == "`" {
                quote = character
            } else if body[index...].hasPrefix("}}") {
                return index..<body.index(index, offsetBy: 2)
            }
            guard index < body.endIndex else { break }
            index = body.index(after: index)
        }
        return nil
    }

    private static func tokens(_ body: Substring) throws -> [Token] {
        var result: [Token] = []
        var rest = body
        func isName(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if first == "\"" || first == "`" {
                result.append(.text(try quoted(&rest)))
            } else if first == "." || first == "$" || isName(first) || first == "-" {
                let word = rest.prefix { isName($0) || $0 == "." || $0 == "$" || $0 == "-" }
                rest = rest[word.endIndex...]
                result.append(try token(String(word)))
            } else if rest.hasPrefix(":=") {
                result.append(.declare)
                rest = rest.dropFirst(2)
            } else if "()|,=".contains(first) {
                result.append(.mark(first))
                rest = rest.dropFirst()
            } else {
                throw wrong("\"\(first)\" is not known here")
            }
        }
        guard !result.isEmpty else { throw wrong("an action is empty") }
        return result
    }

    private static func token(_ word: String) throws -> Token {
        func fields(_ text: Substring) -> [String] { text.split(separator: ".").map(String.init) }
        if word.hasPrefix("."), !word.contains("$"), !word.contains("-") { return .fields(fields(word[...])) }
        if word.hasPrefix("$"), !word.dropFirst().contains("$"), !word.contains("-") { return .variable(word) }
        if Double(word) != nil, word.contains(where: \.isNumber) { return .number(word) }
        if word.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) { return .name(word) }
        throw wrong("\"\(word)\" is not known here")
    }

    private static func quoted(_ rest: inout Substring) throws -> String {
        let mark = rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character == mark { return text }
            guard character == "\\", mark == "\"", let next = rest.popFirst() else {
                text.append(character)
                continue
            }
            switch next {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "r": text.append("\r")
            case "\\", "\"", "'": text.append(next)
            default: throw wrong("\\\(next) is not known in a text")
            }
        }
        throw wrong("a text is not closed")
    }
}
