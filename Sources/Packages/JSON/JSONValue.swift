// SPDX-License-Identifier: Apache-2.0

// Source: RFC 8259.

/// A JSON value that keeps the order of its members and the spelling of its numbers.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number as written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object, in the order in which they are written.
package struct JSONObject: Sendable, Hashable {
    /// A name and what it stands for.
    package struct Member: Sendable, Hashable {
        package let name: String
        package var value: JSONValue
    }

    /// The members in order; a name may stand twice, then the last counts.
    package private(set) var members: [Member]

    package init() { members = [] }

    /// Adds a member behind the others; nil adds nothing.
    package mutating func append(_ name: String, _ value: JSONValue?) {
        if let value { members.append(Member(name: name, value: value)) }
    }

    /// The value of a member; nil when there is none of that name.
    package subscript(name: String) -> JSONValue? { members.last { $0.name == name }?.value }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements { object.append(name, value) }
        self = .object(object)
    }
}

extension JSONValue {
    /// The text of a string; nil for anything else.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number that is whole and fits; nil for anything else.
    package var int: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements of an array; nil for anything else.
    package var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The member of an object; nil when there is none, or when this is no object.
    package subscript(name: String) -> JSONValue? { object?[name] }

    /// An object whose members are strings; others are left out.
    package var strings: [String: String] {
        var result: [String: String] = [:]
        for member in object?.members ?? [] { result[member.name] = member.value.string }
        return result
    }
}

extension JSONValue {
    /// The value as JSON text; with an indentation of two blanks, or on one line.
    package func bytes(indented: Bool = true) -> [UInt8] {
        var output: [UInt8] = []
        write(into: &output, level: indented ? 0 : nil)
        return output
    }

    private func write(into output: inout [UInt8], level: Int?) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let text): output += text.utf8
        case .string(let text): Self.write(text, into: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.newLine(level.map { $0 + 1 }, into: &output)
                element.write(into: &output, level: level.map { $0 + 1 })
            }
            if !elements.isEmpty { Self.newLine(level, into: &output) }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.newLine(level.map { $0 + 1 }, into: &output)
                Self.write(member.name, into: &output)
                output.append(UInt8(ascii: ":"))
                if level != nil { output.append(UInt8(ascii: " ")) }
                member.value.write(into: &output, level: level.map { $0 + 1 })
            }
            if !object.members.isEmpty { Self.newLine(level, into: &output) }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func newLine(_ level: Int?, into output: inout [UInt8]) {
        guard let level else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }

    private static func write(_ text: String, into output: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0x0A: output += "\\n".utf8
            case 0x0D: output += "\\r".utf8
            case 0x09: output += "\\t".utf8
            case 0..<0x20, 0x7F:
                output += "\\u00".utf8
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
