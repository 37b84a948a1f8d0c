// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Goes behind the value that begins here, without recursion, for the text is a stranger's.
    ///
    /// - Parameter accepts: whether a number, as written, is taken.
    package mutating func skipValue(
        depth: Int,
        accepts: (ArraySlice<UInt8>) -> Bool = { _ in true }
    ) throws(JSONError) {
        var closers: [UInt8] = []
        while true {
            // Here a value must begin.
            switch try next() {
            case UInt8(ascii: "["):
                guard closers.count < depth else { throw error(.tooDeep) }
                offset += 1
                if try next() == UInt8(ascii: "]") {
                    offset += 1
                    break
                }
                closers.append(UInt8(ascii: "]"))
                continue
            case UInt8(ascii: "{"):
                guard closers.count < depth else { throw error(.tooDeep) }
                offset += 1
                if try next() == UInt8(ascii: "}") {
                    offset += 1
                    break
                }
                closers.append(UInt8(ascii: "}"))
                _ = try memberName()
                continue
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "t"): try word("true")
            case UInt8(ascii: "f"): try word("false")
            case UInt8(ascii: "n"): try word("null")
            default:
                let start = offset
                guard accepts(bytes[try number()]) else { throw error(.unexpected, at: start) }
            }
            // Here a value has ended: what is around it goes on or ends too.
            while let closer = closers.last {
                if try isLast(closer: closer) {
                    closers.removeLast()
                } else {
                    if closer == UInt8(ascii: "}") { _ = try memberName() }
                    break
                }
            }
            if closers.isEmpty { return }
        }
    }

    /// Goes over a whole text of one value.
    mutating func document(depth: Int) throws(JSONError) {
        skipMark()
        try skipValue(depth: depth)
        try end()
    }

    /// The ranges of the values of a text that is one object.
    mutating func members(depth: Int) throws(JSONError) -> [String: Range<Int>] {
        skipMark()
        skipBlanks()
        guard take("{") else { throw error(.unexpected) }
        var result: [String: Range<Int>] = [:]
        if try next() == UInt8(ascii: "}") {
            offset += 1
        } else {
            repeat {
                let name = try memberName()
                skipBlanks()
                let start = offset
                try skipValue(depth: depth - 1)
                result[name] = start..<offset
            } while try !isLast(closer: UInt8(ascii: "}"))
        }
        try end()
        return result
    }

    /// Where the value at a path begins; of what is not there, the nearest value around it.
    mutating func offset(of path: [any CodingKey]) -> Int? {
        offset = 0
        skipMark()
        skipBlanks()
        var found = offset
        for key in path {
            guard let index = key.intValue else {
                guard take("{"), let start = try? member(key.stringValue) else { return found }
                found = start
                continue
            }
            guard take("["), let start = try? element(index) else { return found }
            found = start
        }
        return found
    }

    /// Goes to a member of the object that has just begun; of a repeated name to the first.
    private mutating func member(_ name: String) throws(JSONError) -> Int {
        while true {
            let found = try memberName()
            skipBlanks()
            if found == name { return offset }
            try skipValue(depth: 512)
            if try isLast(closer: UInt8(ascii: "}")) { throw error(.unexpected) }
        }
    }

    /// Goes to an element of the array that has just begun.
    private mutating func element(_ index: Int) throws(JSONError) -> Int {
        for _ in 0..<max(0, index) {
            try skipValue(depth: 512)
            if try isLast(closer: UInt8(ascii: "]")) { throw error(.unexpected) }
        }
        skipBlanks()
        return offset
    }

    /// Where a bracket opens one level more than allowed; nil when none does. The text is only looked over, not read.
    static func firstOffset(in bytes: [UInt8], deeperThan depth: Int) -> Int? {
        var level = 0
        var isInString = false
        var isEscaped = false
        for (offset, byte) in bytes.enumerated() {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                level += 1
                if level > depth { return offset }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): level -= 1
            default: break
            }
        }
        return nil
    }
}
