// SPDX-License-Identifier: Apache-2.0

// Source: Debian machine-readable copyright file 1.0, "License short name"; npm's package.json documentation; Python's trove
// classifiers; licence fields of old Alpine packages.

extension LicenseExpression {
    /// Understands a licence as packages write it: SPDX, Debian's short names (`GPL-2+`, `Expat`), prose names (`GNU Affero
    /// General Public License v3 or later`), Python classifiers.
    ///
    /// Shape: `and`, `or`, `and/or`, `/`, `|`, `&`, commas (which bind weakest), `with … exception`, parentheses; addresses of
    /// licences (`https://opensource.org/licenses/MIT`). What is not understood becomes `LicenseRef-…` with the text in it.
    /// - Returns: nil when nothing is declared: an empty text, `NONE`, `NOASSERTION`.
    public init?(normalizing text: String) {
        var text = String(text.prefix(2_000))
        if let classifier = text.range(of: "::", options: .last) { text = String(text[classifier.upperBound...]) }
        let words = text.split(whereSeparator: \.isWhitespace)
        let plain = words.joined(separator: " ")
        if plain.isEmpty || ["none", "noassertion", "unknown"].contains(plain.lowercased()) { return nil }
        if let strict = try? LicenseExpression(parsing: plain) {
            self = strict
            return
        }
        let lower = plain.lowercased()
        if lower.hasPrefix("see license in") || lower == "unlicensed" {
            self = .reference(document: nil, name: LicenseNames.sanitised(plain))
            return
        }
        if let known = LicenseNames.lookup(plain) {
            self = known
            return
        }
        var parser = LooseLicenseParser(plain)
        self = parser.expression() ?? .reference(document: nil, name: LicenseNames.sanitised(plain))
    }
}

extension String {
    fileprivate enum Direction { case last }

    fileprivate func range(of text: String, options: Direction) -> Range<Index>? {
        var result: Range<Index>?
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) {
                let end = self.index(index, offsetBy: text.count)
                result = index..<end
                index = end
            } else {
                index = self.index(after: index)
            }
        }
        return result
    }
}

/// Reads what people write instead of expressions. Every text has a reading; recursion is bounded.
struct LooseLicenseParser {
    private enum Token: Equatable {
        case word(String), and, or, with, comma, open, close
    }

    private var tokens: [Token] = []
    private var index = 0

    init(_ text: String) {
        var words: [Token] = []
        for piece in Self.pieces(text) {
            switch piece.lowercased() {
            case "and", "&", "&&": words.append(.and)
            case "or", "/", "|", "||", "and/or": words.append(.or)
            case "with", "w/": words.append(.with)
            case ",", ";": words.append(.comma)
            case "(", "[", "{": words.append(.open)
            case ")", "]", "}": words.append(.close)
            default: words.append(.word(piece))
            }
        }
        tokens = Self.joiningLater(words)
    }

    /// Blanks separate; brackets, commas, bars and ampersands stand for themselves; a slash does so only between names.
    private static func pieces(_ text: String) -> [String] {
        var result: [String] = []
        var current = ""
        func close() {
            defer { current = "" }
            guard !current.isEmpty else { return }
            if LicenseAddress.isAddress(current) {
                result.append(current)
                return
            }
            let spelled = current.split(separator: "_").map(String.init)
            if spelled.contains(where: { ["or", "and"].contains($0.lowercased()) }), spelled.count > 2 {
                result += spelled
            } else if current.contains("/"), current.lowercased() != "and/or", current.lowercased() != "w/",
                LicenseNames.lookup(current) == nil
            {
                for (place, part) in current.split(separator: "/").enumerated() {
                    if place > 0 { result.append("/") }
                    result.append(String(part))
                }
            } else {
                result.append(current)
            }
        }
        for character in text {
            switch character {
            case " ", "\t", "\n": close()
            case "(", ")", "[", "]", "{", "}", ",", ";", "|", "&":
                close()
                result.append(String(character))
            default: current.append(character)
            }
        }
        close()
        return result
    }

    /// Makes `v2 or later`, `or any later version` and the like a `+` behind the word before.
    private static func joiningLater(_ tokens: [Token]) -> [Token] {
        var result: [Token] = []
        var index = 0
        func word(_ place: Int) -> String? {
            if tokens.indices.contains(place), case .word(let text) = tokens[place] { text.lowercased() } else { nil }
        }
        while index < tokens.count {
            if tokens[index] == .or || tokens[index] == .comma, case .word(let before)? = result.last {
                var next = index + (tokens[index] == .comma ? 1 : 0)
                if tokens.indices.contains(next), tokens[next] == .or {
                    next += 1
                    if ["any", "(at", "at"].contains(word(next) ?? "") { next += 1 }
                    if ["later", "newer", "above", "greater", "higher"].contains(word(next) ?? "") {
                        next += 1
                        if ["version", "versions"].contains(word(next) ?? "") { next += 1 }
                        result[result.count - 1] = .word(before + "+")
                        index = next
                        continue
                    }
                }
            }
            result.append(tokens[index])
            index += 1
        }
        return result
    }

    mutating func expression() -> LicenseExpression? { list(level: 0) }

    private func peek() -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

    /// Commas bind weakest; an operator right behind a comma says how, else all apply.
    private mutating func list(level: Int) -> LicenseExpression? {
        var result = or(level: level)
        while let token = peek() {
            if token == .close, level > 0 { break }
            index += 1
            guard token == .comma else { continue }
            var isAnd = true
            if peek() == .or { isAnd = false }
            if peek() == .or || peek() == .and { index += 1 }
            guard let next = or(level: level) else { continue }
            result = result.map { LicenseExpression.flattened([$0, next], isAnd: isAnd) } ?? next
        }
        return result
    }

    private mutating func or(level: Int) -> LicenseExpression? {
        var operands = [and(level: level)].compactMap(\.self)
        while peek() == .or {
            index += 1
            if let next = and(level: level) { operands.append(next) }
        }
        return operands.isEmpty ? nil : LicenseExpression.flattened(operands, isAnd: false)
    }

    private mutating func and(level: Int) -> LicenseExpression? {
        var operands = [operand(level: level)].compactMap(\.self)
        while peek() == .and {
            index += 1
            if let next = operand(level: level) { operands.append(next) }
        }
        return operands.isEmpty ? nil : LicenseExpression.flattened(operands, isAnd: true)
    }

    private mutating func operand(level: Int) -> LicenseExpression? {
        if peek() == .open, level < 50 {
            index += 1
            let inner = list(level: level + 1)
            if peek() == .close { index += 1 }
            return inner
        }
        var words: [String] = []
        var exception: [String]?
        var open = 0
        reading: while let token = peek() {
            switch token {
            case .word(let text):
                if exception == nil { words.append(text) } else { exception?.append(text) }
            case .with: if exception == nil, !words.isEmpty { exception = [] }
            // A bracket behind words only explains them: `… v3 or later (AGPLv3+)`.
            case .open where !words.isEmpty: open += 1
            case .close where open > 0: open -= 1
            case .and, .or, .comma: if open == 0 { break reading }
            case .open, .close: break reading
            }
            index += 1
        }
        guard !words.isEmpty else { return nil }
        let base = Self.license(words)
        guard let exception, !exception.isEmpty else { return base }
        switch base {
        case .license, .reference:
            return .with(base, exception: LicenseNames.exception(exception.joined(separator: " ")))
        case .with, .and, .or: return base
        }
    }

    private static func license(_ words: [String]) -> LicenseExpression {
        let text = words.joined(separator: " ")
        if let known = LicenseNames.lookup(text) { return known }
        // An address behind a name only says where the text stands: `MIT (https://example.org/LICENSE)`.
        let names = words.filter { !LicenseAddress.isAddress($0) }
        if names.count < words.count, !names.isEmpty,
            let known = LicenseNames.lookup(names.joined(separator: " "))
        {
            return known
        }
        // Old Alpine packages list licences with blanks between them.
        let each = words.compactMap { LicenseNames.lookup($0) }
        if words.count > 1, each.count == words.count { return LicenseExpression.flattened(each, isAnd: true) }
        return .reference(document: nil, name: LicenseNames.sanitised(text))
    }
}
