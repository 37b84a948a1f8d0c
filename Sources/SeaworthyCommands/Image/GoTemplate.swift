// SPDX-License-Identifier: Apache-2.0

// Source: Go text/template, the part that people use with `docker inspect --format`.

import Diagnostics
import Foundation
import Packages

/// A template such as `{{.Config.User}}` or `{{range .Config.Env}}{{println .}}{{end}}`.
///
/// Shape: text with actions in `{{` and `}}` (`{{-` and `-}}` trim blanks): a path of fields, `json`, `len`, `index`, `join`,
/// `lower`, `upper`, `println` of paths, texts and numbers, `range`, `if`, `else`, `end`. Nothing else of the language.
struct GoTemplate {
    private let nodes: [Node]

    private indirect enum Node {
        case text(String)
        case action([Word])
        case range([Word], body: [Node], otherwise: [Node])
        case condition([Word], body: [Node], otherwise: [Node])
    }

    private enum Word {
        case path([String])
        case literal(JSONValue)
        case function(String)
    }

    /// Reads a template.
    ///
    /// - Throws: a `Failure` (`usage`) for what is not known.
    init(parsing text: String) throws {
        var pieces = try Self.pieces(text)[...]
        nodes = try Self.nodes(&pieces, depth: 0)
        guard pieces.isEmpty else { throw Self.wrong("there is an {{end}} or {{else}} too many") }
    }

    /// Fills the template with a value.
    ///
    /// - Throws: a `Failure` (`usage`) when a field is not there, or a function cannot take what it is given.
    func render(_ value: JSONValue) throws -> String {
        var output = ""
        try Self.render(nodes, value, value, &output)
        return output
    }

    private static func wrong(_ why: String) -> Failure {
        Failure(
            .usage,
            "the template cannot be used",
            at: "--format",
            why: why,
            fix: "write it like '{{.Config.User}}' or '{{json .Config}}'"
        )
    }
}

extension GoTemplate {
    private enum Piece {
        case text(String)
        case action(String)
    }

    private static func pieces(_ text: String) throws -> [Piece] {
        var result: [Piece] = []
        var rest = text[...]
        var trimsNext = false
        func blank(_ character: Character) -> Bool { character.isWhitespace }
        while let open = rest.range(of: "{{") {
            var before = rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].range(of: "}}") else { throw wrong("a {{ is not closed") }
            var body = rest[open.upperBound..<close.lowerBound]
            if trimsNext { before = before.drop(while: blank) }
            if body.first == "-" {
                body = body.dropFirst()
                while let last = before.last, blank(last) { before = before.dropLast() }
            }
            trimsNext = body.last == "-"
            if trimsNext { body = body.dropLast() }
            if !before.isEmpty { result.append(.text(String(before))) }
            if !body.drop(while: blank).hasPrefix("/*") { result.append(.action(String(body))) }
            rest = rest[close.upperBound...]
        }
        if trimsNext { rest = rest.drop(while: blank) }
        if !rest.isEmpty { result.append(.text(String(rest))) }
        return result
    }

    private static func nodes(_ pieces: inout ArraySlice<Piece>, depth: Int) throws -> [Node] {
        guard depth < 32 else { throw wrong("it is nested too deep") }
        var result: [Node] = []
        while let piece = pieces.first {
            switch piece {
            case .text(let text):
                result.append(.text(text))
                pieces = pieces.dropFirst()
            case .action(let body):
                let words = try words(body)
                if case .function("end")? = words.first { return result }
                if case .function("else")? = words.first { return result }
                pieces = pieces.dropFirst()
                guard case .function(let name)? = words.first, name == "range" || name == "if" else {
                    result.append(.action(words))
                    continue
                }
                let inner = try nodes(&pieces, depth: depth + 1)
                var otherwise: [Node] = []
                if case .action(let next)? = pieces.first, case .function("else")? = try self.words(next).first {
                    pieces = pieces.dropFirst()
                    otherwise = try nodes(&pieces, depth: depth + 1)
                }
                guard case .action(let next)? = pieces.first, case .function("end")? = try self.words(next).first else {
                    throw wrong("an {{end}} is missing")
                }
                pieces = pieces.dropFirst()
                let subject = Array(words.dropFirst())
                result.append(
                    name == "range"
                        ? .range(subject, body: inner, otherwise: otherwise)
                        : .condition(subject, body: inner, otherwise: otherwise)
                )
            }
        }
        return result
    }

    private static func words(_ body: String) throws -> [Word] {
        var result: [Word] = []
        var rest = body[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if first == "\"" || first == "`" {
                guard let end = rest.dropFirst().firstIndex(of: first) else { throw wrong("a text is not closed") }
                let text = String(rest[rest.index(after: rest.startIndex)..<end])
                let isRaw = first == "`"
                result.append(
                    .literal(.string(isRaw ? text : text.replacing("\\n", with: "\n").replacing("\\t", with: "\t")))
                )
                rest = rest[rest.index(after: end)...]
            } else {
                let word = rest.prefix { !$0.isWhitespace && $0 != "\"" && $0 != "`" }
                rest = rest[word.endIndex...]
                if word.hasPrefix(".") {
                    result.append(.path(word.split(separator: ".").map(String.init)))
                } else if Int(word) != nil {
                    result.append(.literal(.number(String(word))))
                } else if word.allSatisfy(\.isLetter) {
                    result.append(.function(String(word)))
                } else {
                    throw wrong("\"\(word)\" is not known here")
                }
            }
        }
        guard !result.isEmpty else { throw wrong("an action is empty") }
        return result
    }

    private static func render(_ nodes: [Node], _ dot: JSONValue, _ root: JSONValue, _ output: inout String) throws {
        for node in nodes {
            switch node {
            case .text(let text): output += text
            case .action(let words): output += text(of: try value(words[...], dot))
            case .range(let words, let body, let otherwise):
                let elements: [JSONValue] =
                    switch try value(words[...], dot) {
                    case .array(let elements): elements
                    case .object(let object): object.members.sorted { $0.name < $1.name }.map(\.value)
                    default: []
                    }
                if elements.isEmpty { try render(otherwise, dot, root, &output) }
                for element in elements { try render(body, element, root, &output) }
            case .condition(let words, let body, let otherwise):
                try render(isTrue(try value(words[...], dot)) ? body : otherwise, dot, root, &output)
            }
        }
    }

    private static func value(_ words: ArraySlice<Word>, _ dot: JSONValue) throws -> JSONValue {
        guard let first = words.first else { throw wrong("something is missing behind a word") }
        let rest = words.dropFirst()
        switch first {
        case .literal(let value):
            guard rest.isEmpty else { throw wrong("too much stands behind a value") }
            return value
        case .path(let names):
            guard rest.isEmpty else { throw wrong("too much stands behind .\(names.joined(separator: "."))") }
            return try field(names, of: dot)
        case .function(let name): return try call(name, rest, dot)
        }
    }

    private static func field(_ names: [String], of value: JSONValue) throws -> JSONValue {
        var value = value
        for name in names {
            if value == .null { return .null }
            guard let next = value[name] else { throw wrong("there is no field \(name)") }
            value = next
        }
        return value
    }

    private static func call(_ name: String, _ words: ArraySlice<Word>, _ dot: JSONValue) throws -> JSONValue {
        func arguments() throws -> [JSONValue] { try words.map { try value([$0], dot) } }
        switch name {
        case "json": return .string(String(decoding: try value(words, dot).bytes(indented: false), as: UTF8.self))
        case "len":
            switch try value(words, dot) {
            case .string(let text): return .number(String(text.utf8.count))
            case .array(let elements): return .number(String(elements.count))
            case .object(let object): return .number(String(object.members.count))
            default: return "0"
            }
        case "lower": return .string(text(of: try value(words, dot)).lowercased())
        case "upper": return .string(text(of: try value(words, dot)).uppercased())
        case "print", "printf": return .string(try arguments().map(text).joined())
        case "println": return .string(try arguments().map(text).joined(separator: " ") + "\n")
        case "join":
            let parts = try arguments()
            guard parts.count == 2, let separator = parts[1].string else { throw wrong("join takes a list and a text") }
            return .string((parts[0].array ?? []).map(text).joined(separator: separator))
        case "index":
            let parts = try arguments()
            guard var value = parts.first, parts.count > 1 else { throw wrong("index takes a list and a place") }
            for key in parts.dropFirst() {
                if let name = key.string {
                    value = value[name] ?? ""
                } else {
                    guard let elements = value.array, let place = key.int, elements.indices.contains(place) else {
                        throw wrong("the index is out of range")
                    }
                    value = elements[place]
                }
            }
            return value
        default: throw wrong("\"\(name)\" is not known here")
        }
    }

    private static func isTrue(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false): false
        case .bool(true): true
        case .number(let text): Double(text) != 0
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.members.isEmpty
        }
    }

    /// As Go prints a value.
    private static func text(of value: JSONValue) -> String {
        switch value {
        case .null: "<no value>"
        case .bool(let value): value ? "true" : "false"
        case .number(let text), .string(let text): text
        case .array(let elements): "[" + elements.map(text).joined(separator: " ") + "]"
        case .object(let object):
            "map["
                + object.members.sorted { $0.name < $1.name }.map { $0.name + ":" + text(of: $0.value) }
                .joined(separator: " ") + "]"
        }
    }
}
