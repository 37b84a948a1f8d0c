// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// Reads one JSON value with nothing but blanks around it; a byte order mark in front is skipped.
    ///
    /// Bytes that are not UTF-8, and halves of surrogate pairs, become U+FFFD.
    package init(parsing bytes: [UInt8], depth: Int = 128) throws(JSONError) {
        var scanner = JSONScanner(bytes)
        self = try scanner.wholeValue(depth: depth)
    }
}

extension JSONScanner {
    fileprivate mutating func wholeValue(depth: Int) throws(JSONError) -> JSONValue {
        skipMark()
        let value = try value(level: 0, depth: depth)
        try end()
        return value
    }

    /// Recursion is bounded by `depth`.
    private mutating func value(level: Int, depth: Int) throws(JSONError) -> JSONValue {
        switch try next() {
        case UInt8(ascii: "{"):
            guard level < depth else { throw error(.tooDeep) }
            return try object(level: level + 1, depth: depth)
        case UInt8(ascii: "["):
            guard level < depth else { throw error(.tooDeep) }
            return try array(level: level + 1, depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default: return .number(String(decoding: bytes[try number()], as: UTF8.self))
        }
    }

    private mutating func object(level: Int, depth: Int) throws(JSONError) -> JSONValue {
        offset += 1
        var object = JSONObject()
        if try next() == UInt8(ascii: "}") {
            offset += 1
            return .object(object)
        }
        while true {
            let name = try memberName()
            object.append(name, try value(level: level, depth: depth))
            if try isLast(closer: UInt8(ascii: "}")) { return .object(object) }
        }
    }

    private mutating func array(level: Int, depth: Int) throws(JSONError) -> JSONValue {
        offset += 1
        var elements: [JSONValue] = []
        if try next() == UInt8(ascii: "]") {
            offset += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(level: level, depth: depth))
            if try isLast(closer: UInt8(ascii: "]")) { return .array(elements) }
        }
    }
}
