// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.5 "Field Splitting".

/// Collects the fields of a word while its parts are expanded.
package struct FieldBuilder: Sendable {
    /// One field of a word.
    package struct Field: Sendable {
        package internal(set) var bytes: [UInt8] = []
        /// The same as a pattern: what was quoted is behind backslashes.
        package internal(set) var pattern: [UInt8] = []
        package internal(set) var hasWildcard = false
        package internal(set) var isUnknown = false
    }

    package private(set) var fields: [Field] = []
    private var current: Field?
    /// The bytes that separate; nil where nothing is split.
    package let separators: [UInt8]?
    /// Whether a separator that is no blank has just ended a field.
    private var endedByBlank = false

    package init(separators: [UInt8]?) { self.separators = separators }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

    /// Adds text that is not split.
    package mutating func add(_ bytes: [UInt8], isQuoted: Bool, isUnknown: Bool = false, isLiteral: Bool = false) {
        extend(bytes[...], isQuoted: isQuoted, isUnknown: isUnknown, isLiteral: isLiteral)
    }

    /// Puts bytes behind the field at hand, or begins one with them.
    private mutating func extend(_ bytes: ArraySlice<UInt8>, isQuoted: Bool, isUnknown: Bool, isLiteral: Bool) {
        var field = current ?? Field()
        append(bytes, isQuoted: isQuoted, isLiteral: isLiteral, to: &field)
        if isUnknown { field.isUnknown = true }
        current = field
    }

    private func append(_ bytes: ArraySlice<UInt8>, isQuoted: Bool, isLiteral: Bool, to field: inout Field) {
        field.bytes.append(contentsOf: bytes)
        // A backslash that comes out of an expansion makes the next byte plain in a pattern.
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
                field.pattern.append(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["):
                if isQuoted { field.pattern.append(0x5C) } else { field.hasWildcard = true }
            case UInt8(ascii: "]"), UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "^"):
                if isQuoted { field.pattern.append(0x5C) }
            case 0x5C: if isQuoted { field.pattern.append(0x5C) } else if !isLiteral { isEscaped = true }
            default: break
            }
            field.pattern.append(byte)
        }
    }

    /// Adds the result of an expansion that is not quoted: it is split.
    package mutating func split(_ bytes: [UInt8], isUnknown: Bool = false, isLiteral: Bool = false) {
        guard let separators, !separators.isEmpty else {
            if !bytes.isEmpty || isUnknown { add(bytes, isQuoted: false, isUnknown: isUnknown, isLiteral: isLiteral) }
            return
        }
        if isUnknown, bytes.isEmpty {
            add([], isQuoted: false, isUnknown: true)
            return
        }
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard separators.contains(byte) else {
                endedByBlank = false
                index += 1
                continue
            }
            if index > start {
                extend(bytes[start..<index], isQuoted: false, isUnknown: isUnknown, isLiteral: isLiteral)
            }
            if Self.isBlank(byte) {
                if current != nil {
                    close()
                    endedByBlank = true
                }
            } else {
                // A separator that is no blank ends a field even when it is empty; blanks around it belong to it.
                if current == nil, !endedByBlank { current = Field() }
                close()
                endedByBlank = false
            }
            index += 1
            start = index
        }
        if index > start {
            extend(bytes[start..<index], isQuoted: false, isUnknown: isUnknown, isLiteral: isLiteral)
            endedByBlank = false
        }
    }

    /// Ends the field at hand.
    package mutating func close() {
        guard let field = current else { return }
        fields.append(field)
        current = nil
    }

    /// Ends the field at hand and answers all.
    package mutating func finish() -> [Field] {
        close()
        return fields
    }

    /// Everything as one field, for words that are not split.
    package mutating func joined() -> Field {
        close()
        if fields.count == 1, let only = fields.first { return only }
        var result = Field()
        for (index, field) in fields.enumerated() {
            if index > 0 {
                result.bytes.append(0x20)
                result.pattern.append(0x20)
            }
            result.bytes += field.bytes
            result.pattern += field.pattern
            if field.isUnknown { result.isUnknown = true }
        }
        return result
    }
}
