// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lines of a text file as ranges of bytes, without their line ends; package databases are too long for `Character`s.
package struct ByteLines: Sequence, IteratorProtocol {
    private let buffer: UnsafeBufferPointer<UInt8>
    private var index = 0

    /// The buffer must outlive the iteration.
    package init(_ buffer: UnsafeBufferPointer<UInt8>) { self.buffer = buffer }

    /// The next line; nil at the end of the file.
    package mutating func next() -> UnsafeBufferPointer<UInt8>? {
        guard index < buffer.count, let base = buffer.baseAddress else { return nil }
        let start = base + index
        let left = buffer.count - index
        var length = left
        if let end = memchr(start, 0x0A, left) {
            length = UnsafeRawPointer(end) - UnsafeRawPointer(start)
            index += length + 1
        } else {
            index = buffer.count
        }
        if length > 0, start[length - 1] == 0x0D { length -= 1 }
        return UnsafeBufferPointer(start: start, count: length)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes from `start` on without blanks at both ends, as text.
    package func text(from start: Int) -> String {
        var (lower, upper) = (start, count)
        while lower < upper, self[lower] == 0x20 || self[lower] == 0x09 { lower += 1 }
        while upper > lower, self[upper - 1] == 0x20 || self[upper - 1] == 0x09 { upper -= 1 }
        return lower < upper ? String(decoding: self[lower..<upper], as: UTF8.self) : ""
    }

    /// Whether the line is `name:` and a value, letters compared without case.
    package func isField(_ name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        guard count > length, self[length] == UInt8(ascii: ":") else { return false }
        return name.withUTF8Buffer { wanted in
            for index in 0..<length where self[index] | 0x20 != wanted[index] | 0x20 { return false }
            return true
        }
    }
}
