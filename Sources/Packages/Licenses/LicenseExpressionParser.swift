// SPDX-License-Identifier: Apache-2.0

// Source: SPDX specification 3.0.1, annex "SPDX license expressions".

/// Reads licence expressions; recursion is bounded.
struct LicenseExpressionParser {
    private typealias Failure = LicenseExpression.ValidationError
    private static let depth = 100

    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func expression() throws(LicenseExpression.ValidationError) -> LicenseExpression {
        skipBlanks()
        guard index < bytes.count else { throw .empty }
        let result = try or(level: 0)
        guard index == bytes.count else {
            throw bytes[index] == UInt8(ascii: ")")
                ? .parenthesisMissing(offset: index) : .operatorMissing(offset: index)
        }
        return result
    }

    private mutating func skipBlanks() { while index < bytes.count, bytes[index].isBlank { index += 1 } }

    /// The word at the present place, without going past it.
    private func word() -> String {
        String(ascii: bytes[index...].prefix { $0.isAlphanumeric || "-.:+".utf8.contains($0) })
    }

    private mutating func take(operator name: String) -> Bool {
        let word = word()
        guard word == name || word == name.lowercased() else { return false }
        index += word.utf8.count
        skipBlanks()
        return true
    }

    private mutating func or(level: Int) throws(LicenseExpression.ValidationError) -> LicenseExpression {
        var operands = [try and(level: level)]
        while take(operator: "OR") { operands.append(try and(level: level)) }
        return LicenseExpression.flattened(operands, isAnd: false)
    }

    private mutating func and(level: Int) throws(LicenseExpression.ValidationError) -> LicenseExpression {
        var operands = [try operand(level: level)]
        while take(operator: "AND") { operands.append(try operand(level: level)) }
        return LicenseExpression.flattened(operands, isAnd: true)
    }

    private mutating func operand(level: Int) throws(LicenseExpression.ValidationError) -> LicenseExpression {
        guard index < bytes.count else { throw .operandMissing(offset: index) }
        if bytes[index] == UInt8(ascii: "(") {
            guard level < Self.depth else { throw .tooDeep(offset: index) }
            index += 1
            skipBlanks()
            let inner = try or(level: level + 1)
            guard index < bytes.count, bytes[index] == UInt8(ascii: ")") else {
                throw .parenthesisMissing(offset: index)
            }
            index += 1
            skipBlanks()
            return inner
        }
        let start = index
        let text = word()
        guard !text.isEmpty else {
            throw bytes[index] == UInt8(ascii: ")") ? .operandMissing(offset: index) : .characterWrong(offset: index)
        }
        if ["AND", "OR", "WITH", "and", "or", "with"].contains(text) { throw .operandMissing(offset: index) }
        index += text.utf8.count
        let license = try Self.license(text, at: start)
        skipBlanks()
        guard take(operator: "WITH") else { return license }
        guard index < bytes.count else { throw .operandMissing(offset: index) }
        let exception = word()
        guard !exception.isEmpty else { throw .operandMissing(offset: index) }
        let place = index
        index += exception.utf8.count
        skipBlanks()
        if case .with = license { throw .operatorMissing(offset: place) }
        return .with(license, exception: try Self.exception(exception, at: place))
    }

    private static func license(_ text: String, at offset: Int) throws(LicenseExpression.ValidationError)
        -> LicenseExpression
    {
        if text.contains(":") || text.lowercased().hasPrefix("licenseref-") {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let document = parts.count == 2 ? reference(parts[0], prefix: "DocumentRef-") : nil
            guard let name = reference(parts[parts.count - 1], prefix: "LicenseRef-"),
                parts.count == 1 || document != nil
            else { throw .referenceWrong(text, offset: offset) }
            return .reference(document: document, name: name)
        }
        guard let result = LicenseExpression.listed(text) else { throw .licenseUnknown(text, offset: offset) }
        return result
    }

    private static func exception(_ text: String, at offset: Int) throws(LicenseExpression.ValidationError) -> String {
        if let known = SPDXLicense.exception(text) { return known.replacement ?? known.id }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let name = reference(parts[parts.count - 1], prefix: "AdditionRef-") {
            if parts.count == 1 { return "AdditionRef-" + name }
            if let document = reference(parts[0], prefix: "DocumentRef-") {
                return "DocumentRef-\(document):AdditionRef-\(name)"
            }
        }
        throw .exceptionUnknown(text, offset: offset)
    }

    /// What follows the prefix, letters of the prefix compared without case; nil when it is no such reference.
    private static func reference(_ text: String, prefix: String) -> String? {
        guard text.lowercased().hasPrefix(prefix.lowercased()) else { return nil }
        let name = text.dropFirst(prefix.count)
        guard !name.isEmpty,
            name.utf8.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
        else { return nil }
        return String(name)
    }
}

extension LicenseExpression {
    /// The licence of an id of the SPDX list with or without `+`, deprecated ids replaced; nil when the list has none.
    static func listed(_ text: String) -> LicenseExpression? {
        // Ids that end in `+` are deprecated ones of the list itself.
        if let known = SPDXLicense.license(text) { return current(known) }
        guard text.hasSuffix("+"), !text.hasSuffix("++"), let known = SPDXLicense.license(String(text.dropLast()))
        else { return nil }
        guard case .license(let id, _) = current(known) else { return nil }
        if id.hasSuffix("-or-later") { return .license(id: id, orLater: false) }
        if id.hasSuffix("-only"), let later = SPDXLicense.license(String(id.dropLast(4)) + "or-later") {
            return .license(id: later.id, orLater: false)
        }
        return .license(id: id, orLater: true)
    }

    private static func current(_ known: SPDXLicense) -> LicenseExpression {
        guard let replacement = known.replacement else { return .license(id: known.id, orLater: false) }
        let parts = replacement.split(separator: " ").map(String.init)
        guard let first = parts.first, let base = SPDXLicense.license(first) else {
            return .license(id: known.id, orLater: false)
        }
        let license = LicenseExpression.license(id: base.id, orLater: false)
        return parts.count == 3 ? .with(license, exception: parts[2]) : license
    }
}
