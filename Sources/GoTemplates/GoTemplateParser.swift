// SPDX-License-Identifier: Apache-2.0

// Source: Go text/template, "Actions" and "Pipelines".

import JSONValues

/// Puts the pieces of a template together.
struct GoTemplateParser {
    private var pieces: ArraySlice<GoTemplate.Piece>

    init(_ pieces: [GoTemplate.Piece]) { self.pieces = pieces[...] }

    /// Whether nothing is left.
    var isAtEnd: Bool { pieces.isEmpty }

    /// The nodes up to an `end` or `else` that belongs to somebody else, or to the end.
    mutating func nodes(depth: Int) throws -> [GoTemplate.Node] {
        guard depth < 32 else { throw GoTemplate.wrong("it is nested too deep") }
        var result: [GoTemplate.Node] = []
        while let piece = pieces.first {
            switch piece {
            case .text(let text):
                result.append(.text(text))
                pieces.removeFirst()
            case .action(let tokens):
                if keyword(tokens) == "end" || keyword(tokens) == "else" { return result }
                pieces.removeFirst()
                result.append(try node(tokens, depth: depth))
            }
        }
        return result
    }

    private func keyword(_ tokens: [GoTemplate.Token]) -> String? {
        guard case .name(let name)? = tokens.first else { return nil }
        return ["if", "range", "with", "else", "end"].contains(name) ? name : nil
    }

    private mutating func node(_ tokens: [GoTemplate.Token], depth: Int) throws -> GoTemplate.Node {
        guard let word = keyword(tokens) else { return .action(try Self.pipeline(tokens)) }
        let pipeline = try Self.pipeline(Array(tokens.dropFirst()), isRange: word == "range")
        let body = try nodes(depth: depth + 1)
        var otherwise: [GoTemplate.Node] = []
        if case .action(let next)? = pieces.first, keyword(next) == "else" {
            pieces.removeFirst()
            let rest = Array(next.dropFirst())
            if let chained = keyword(rest) {
                // `else if` and `else with` share the end of the outer one.
                guard chained == "if" || chained == "with" else {
                    throw GoTemplate.wrong("{{else \(chained)}} is not known")
                }
                otherwise = [try node(rest, depth: depth + 1)]
                return Self.made(word, pipeline, body, otherwise)
            }
            guard rest.isEmpty else { throw GoTemplate.wrong("something stands behind {{else}}") }
            otherwise = try nodes(depth: depth + 1)
        }
        guard case .action(let next)? = pieces.first, keyword(next) == "end", next.count == 1 else {
            throw GoTemplate.wrong("an {{end}} is missing")
        }
        pieces.removeFirst()
        return Self.made(word, pipeline, body, otherwise)
    }

    private static func made(
        _ word: String,
        _ pipeline: GoTemplate.Pipeline,
        _ body: [GoTemplate.Node],
        _ otherwise: [GoTemplate.Node]
    ) -> GoTemplate.Node {
        switch word {
        case "range": .range(pipeline, body: body, otherwise: otherwise)
        case "with": .with(pipeline, body: body, otherwise: otherwise)
        default: .condition(pipeline, body: body, otherwise: otherwise)
        }
    }

    private static func pipeline(_ tokens: [GoTemplate.Token], isRange: Bool = false) throws -> GoTemplate.Pipeline {
        var rest = tokens[...]
        let result = try pipeline(&rest, isRange: isRange, depth: 0)
        guard rest.isEmpty else { throw GoTemplate.wrong("there is a ) too many") }
        return result
    }

    private static func pipeline(
        _ tokens: inout ArraySlice<GoTemplate.Token>,
        isRange: Bool = false,
        depth: Int
    ) throws -> GoTemplate.Pipeline {
        guard depth < 32 else { throw GoTemplate.wrong("it is nested too deep") }
        var result = GoTemplate.Pipeline()
        try variables(&tokens, isRange: isRange, into: &result)
        var words: [GoTemplate.Word] = []
        func close() throws {
            guard !words.isEmpty else { throw GoTemplate.wrong("something is missing in a pipeline") }
            if !result.commands.isEmpty, !Self.isCall(words) {
                throw GoTemplate.wrong("only a function can stand behind a |")
            }
            if words.count > 1, !Self.isCall(words) { throw GoTemplate.wrong("too much stands behind a value") }
            result.commands.append(words)
            words = []
        }
        loop: while let token = tokens.first {
            switch token {
            case .mark(")"):
                guard depth > 0 else { throw GoTemplate.wrong("there is a ) too many") }
                break loop
            case .mark("|"):
                tokens.removeFirst()
                try close()
            case .mark("("):
                tokens.removeFirst()
                let inner = try pipeline(&tokens, depth: depth + 1)
                guard tokens.popFirst() == .mark(")") else { throw GoTemplate.wrong("a ( is not closed") }
                var word = GoTemplate.Word.pipeline(inner)
                if case .fields(let names)? = tokens.first, !names.isEmpty {
                    tokens.removeFirst()
                    word = .fields(word, names)
                }
                words.append(word)
            default:
                words.append(try word(token))
                tokens.removeFirst()
            }
        }
        try close()
        return result
    }

    /// What one token stands for.
    private static func word(_ token: GoTemplate.Token) throws -> GoTemplate.Word {
        switch token {
        case .fields(let names): return names.isEmpty ? .dot : .fields(.dot, names)
        case .variable(let text):
            let parts = text.split(separator: ".").map(String.init)
            let variable = GoTemplate.Word.variable(parts.first ?? "$")
            return parts.count > 1 ? .fields(variable, Array(parts.dropFirst())) : variable
        case .text(let text): return .literal(.string(text))
        case .number(let text): return .literal(.number(text))
        case .name("true"): return .literal(true)
        case .name("false"): return .literal(false)
        case .name("nil"): return .literal(.null)
        case .name(let name): return .function(name)
        case .mark, .declare: throw GoTemplate.wrong("a =, := or , stands at a wrong place")
        }
    }

    private static func isCall(_ words: [GoTemplate.Word]) -> Bool {
        if case .function? = words.first { return true }
        return false
    }

    /// `$x :=`, `$x =`, and in a range `$i, $x :=`.
    private static func variables(
        _ tokens: inout ArraySlice<GoTemplate.Token>,
        isRange: Bool,
        into result: inout GoTemplate.Pipeline
    ) throws {
        var ahead = tokens
        var names: [String] = []
        while case .variable(let name)? = ahead.first, names.count < (isRange ? 2 : 1) {
            ahead.removeFirst()
            names.append(name)
            if ahead.first == .mark(","), isRange, names.count == 1 {
                ahead.removeFirst()
                continue
            }
            break
        }
        guard !names.isEmpty, ahead.first == .declare || ahead.first == .mark("=") else { return }
        guard names.allSatisfy({ !$0.contains(".") && $0 != "$" }) else {
            throw GoTemplate.wrong("only a variable can be given a value")
        }
        result.declares = ahead.popFirst() == .declare
        result.variables = names
        tokens = ahead
    }
}
