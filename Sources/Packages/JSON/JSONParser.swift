// SPDX-License-Identifier: Apache-2.0

// Source: RFC 8259.

extension JSONValue {
    /// Why bytes are not JSON.
    package enum ParseError: Error, Sendable, Hashable, CustomStringConvertible {
        /// Something else stands where JSON was expected; the offset counts bytes from 0.
        case unexpected(offset: Int)
        /// The text ends too early.
        case truncated
        /// Arrays and objects are nested deeper than allowed.
        case tooDeep(offset: Int)

        package var description: String {
            switch self {
            case .unexpected(let offset): "not JSON at byte \(offset)"
            case .truncated: "the JSON text ends too early"
            case .tooDeep(let offset): "JSON nested too deeply at byte \(offset)"
            }
        }
    }

    /// Reads one JSON value with nothing but blanks around it; a byte order mark in front is skipped.
    ///
    /// Bytes that are not UTF-8, and halves of surrogate pairs, become U+FFFD.
    package init(parsing bytes: [UInt8], depth: Int = 128) throws(ParseError) {
        var parser = JSONParser(bytes: bytes, depth: depth)
        self = try parser.document()
    }
}

/// Reads JSON byte by byte; recursion is bounded by `depth`.
struct JSONParser {
    let bytes: [UInt8]
    let depth: Int
    var index = 0

    init(bytes: [UInt8], depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    mutating func document() throws(JSONValue.ParseError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        let value = try value(level: 0)
        skipBlanks()
        guard index == bytes.count else { throw .unexpected(offset: index) }
        return value
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func peek() throws(JSONValue.ParseError) -> UInt8 {
        skipBlanks()
        guard index < bytes.count else { throw .truncated }
        return bytes[index]
    }

    private mutating func value(level: Int) throws(JSONValue.ParseError) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"):
            guard level < depth else { throw .tooDeep(offset: index) }
            return try object(level: level + 1)
        case UInt8(ascii: "["):
            guard level < depth else { throw .tooDeep(offset: index) }
            return try array(level: level + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONValue.ParseError) -> JSONValue {
        let wanted = text.withUTF8Buffer { Array($0) }
        guard bytes[index...].starts(with: wanted) else { throw .unexpected(offset: index) }
        index += wanted.count
        return value
    }

    private mutating func object(level: Int) throws(JSONValue.ParseError) -> JSONValue {
        index += 1
        var object = JSONObject()
        if try peek() == UInt8(ascii: "}") {
            index += 1
            return .object(object)
        }
        while true {
            guard try peek() == UInt8(ascii: "\"") else { throw .unexpected(offset: index) }
            let name = try string()
            guard try peek() == UInt8(ascii: ":") else { throw .unexpected(offset: index) }
            index += 1
            object.append(name, try value(level: level))
            let next = try peek()
            guard next == UInt8(ascii: ",") || next == UInt8(ascii: "}") else { throw .unexpected(offset: index) }
            index += 1
            if next == UInt8(ascii: "}") { return .object(object) }
        }
    }

    private mutating func array(level: Int) throws(JSONValue.ParseError) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        if try peek() == UInt8(ascii: "]") {
            index += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(level: level))
            let next = try peek()
            guard next == UInt8(ascii: ",") || next == UInt8(ascii: "]") else { throw .unexpected(offset: index) }
            index += 1
            if next == UInt8(ascii: "]") { return .array(elements) }
        }
    }

    private mutating func number() throws(JSONValue.ParseError) -> JSONValue {
        let start = index
        func isDigit(_ index: Int) -> Bool { index < bytes.count && bytes[index].isDigit }
        func at(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
        if at(index) == UInt8(ascii: "-") { index += 1 }
        guard isDigit(index) else { throw index < bytes.count ? .unexpected(offset: index) : .truncated }
        if at(index) == UInt8(ascii: "0") { index += 1 } else { while isDigit(index) { index += 1 } }
        if at(index) == UInt8(ascii: ".") {
            index += 1
            guard isDigit(index) else { throw .unexpected(offset: index) }
            while isDigit(index) { index += 1 }
        }
        if at(index) == UInt8(ascii: "e") || at(index) == UInt8(ascii: "E") {
            index += 1
            if at(index) == UInt8(ascii: "+") || at(index) == UInt8(ascii: "-") { index += 1 }
            guard isDigit(index) else { throw .unexpected(offset: index) }
            while isDigit(index) { index += 1 }
        }
        return .number(String(ascii: bytes[start..<index]))
    }

    private mutating func string() throws(JSONValue.ParseError) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
            bytes[index] >= 0x20
        {
            index += 1
        }
        guard index < bytes.count else { throw .truncated }
        if bytes[index] == UInt8(ascii: "\"") {
            index += 1
            return String(decoding: bytes[start..<(index - 1)], as: UTF8.self)
        }
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw .unexpected(offset: index)
            default:
                text.append(byte)
                index += 1
            }
        }
        throw .truncated
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONValue.ParseError) {
        guard index + 1 < bytes.count else { throw .truncated }
        let letter = bytes[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if code >= 0xD800, code < 0xDC00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            {
                let mark = index
                index += 2
                let low = try hexadecimal()
                if low >= 0xDC00, low < 0xE000 {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                } else {
                    index = mark
                }
            }
            text.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
        default: throw .unexpected(offset: index - 1)
        }
    }

    private mutating func hexadecimal() throws(JSONValue.ParseError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw .truncated }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[index]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: throw .unexpected(offset: index)
            }
            index += 1
        }
        return value
    }
}
