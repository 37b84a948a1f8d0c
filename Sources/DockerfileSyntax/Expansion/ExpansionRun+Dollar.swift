// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/shell/lex.go, processDollar.

extension ExpansionRun {
    /// Reads what stands behind a `$` and gives its value.
    mutating func dollar(depth: Int) throws(ExpansionError) -> [UInt8] {
        offset += 1
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "{") else {
            let name = takeName()
            guard !name.isEmpty else { return [UInt8(ascii: "$")] }
            if let value = value(of: name, hasFallback: false) { return Array(value.utf8) }
            return settings.keepsUnset ? Array("$\(name)".utf8) : []
        }
        offset += 1
        guard offset < bytes.count else { throw Self.missingBrace }
        if [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ":")].contains(bytes[offset]) {
            throw ExpansionError("syntax error: bad substitution")
        }
        let name = takeName()
        guard offset < bytes.count else { throw Self.missingBrace }
        let mark = takeScalar()
        switch mark {
        case "}":
            if let value = value(of: name, hasFallback: false) { return Array(value.utf8) }
            return settings.keepsUnset ? Array("${\(name)}".utf8) : []
        case "/": return try replacement(of: name, depth: depth)
        case ":":
            guard offset < bytes.count else { throw Self.missingBrace }
            return try modified(name, by: takeScalar(), emptyIsUnset: true, depth: depth)
        default: return try modified(name, by: mark, emptyIsUnset: false, depth: depth)
        }
    }

    private static let missingBrace = ExpansionError("syntax error: missing '}'")

    private mutating func modified(
        _ name: String,
        by mark: Unicode.Scalar,
        emptyIsUnset: Bool,
        depth: Int
    ) throws(ExpansionError) -> [UInt8] {
        let marks = (emptyIsUnset ? ":" : "") + String(mark)
        let isTrim = mark == "#" || mark == "%"
        let unsupported = ExpansionError("unsupported modifier (\(marks)) in substitution")
        // Behind a colon the word is read first, and a name without value may pass whatever the modifier is.
        let isKnown = ["-", "+", "?"].contains(mark)
        guard isKnown || isTrim != emptyIsUnset else { throw unsupported }
        let word = try part(until: "}", keepsEscapes: isTrim, depth: depth, orElse: Self.missingBrace)
        let found = value(of: name, hasFallback: !isTrim)
        if settings.keepsUnset, found == nil {
            return Array("${\(name)\(marks)".utf8) + word + [UInt8(ascii: "}")]
        }
        guard isKnown || isTrim else { throw unsupported }
        let value = Array((found ?? "").utf8)
        let counts = found != nil && !(emptyIsUnset && value.isEmpty)
        switch mark {
        case "-": return counts ? value : word
        case "+": return counts ? word : []
        case "?":
            if counts { return value }
            let complaint = found == nil ? "is not allowed to be unset" : "is not allowed to be empty"
            throw ExpansionError("\(name): \(word.isEmpty ? complaint : String(decoding: word, as: UTF8.self))")
        default:
            let isLongest = word.first.map { UInt32($0) == mark.value } ?? false
            let pattern = try GlobPattern(isLongest ? Array(word.dropFirst()) : word)
            return mark == "#"
                ? try pattern.removingPrefix(of: value, longest: isLongest)
                : try pattern.removingSuffix(of: value, longest: isLongest)
        }
    }

    private mutating func replacement(of name: String, depth: Int) throws(ExpansionError) -> [UInt8] {
        let replacesAll = offset < bytes.count && bytes[offset] == UInt8(ascii: "/")
        if replacesAll { offset += 1 }
        let pattern = try part(
            until: "/",
            keepsEscapes: true,
            depth: depth,
            orElse: ExpansionError("syntax error: missing '/' in ${}")
        )
        let text = try part(until: "}", keepsEscapes: true, depth: depth, orElse: Self.missingBrace)
        let found = value(of: name, hasFallback: false)
        if settings.keepsUnset, found == nil {
            let slash = [UInt8(ascii: "/")]
            return Array("${\(name)/".utf8) + pattern + slash + text + [UInt8(ascii: "}")]
        }
        return try GlobPattern(pattern).replacing(
            in: Array((found ?? "").utf8),
            with: text,
            everywhere: replacesAll,
            maximumBytes: settings.maximumBytes
        )
    }

    private mutating func part(
        until stop: Unicode.Scalar,
        keepsEscapes: Bool,
        depth: Int,
        orElse error: ExpansionError
    ) throws(ExpansionError) -> [UInt8] {
        do {
            return try process(until: UInt8(ascii: stop), keepsEscapes: keepsEscapes, depth: depth + 1).bytes
        } catch let inner {
            // At the end of the text it is the closing mark that is missed first.
            throw offset >= bytes.count && inner.isUnterminated ? error : inner
        }
    }

    private mutating func takeScalar() -> Unicode.Scalar {
        let end = min(offset + Bytes.width(bytes[offset]), bytes.count)
        defer { offset = end }
        return String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    }

    /// Letters, digits and `_`; or digits alone; or one of the shell's special parameters.
    private mutating func takeName() -> String {
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            let isDigit = byte >= 0x30 && byte <= 0x39
            if offset == start {
                if isDigit {
                    while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 { offset += 1 }
                    break
                }
                if "@*#?-$!".utf8.contains(byte) {
                    offset += 1
                    break
                }
            }
            if isDigit || byte == UInt8(ascii: "_") || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) {
                offset += 1
            } else if byte >= 0x80 {
                let restart = offset
                guard Self.isWordCharacter(takeScalar()) else {
                    offset = restart
                    break
                }
            } else {
                break
            }
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: false
        }
    }
}
