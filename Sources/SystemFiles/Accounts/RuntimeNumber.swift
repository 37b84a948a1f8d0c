// SPDX-License-Identifier: Apache-2.0
//
// Source: Go's strconv.Atoi, as moby/sys/user uses it.

/// A number as a container runtime reads it: decimal, leading zeros and one sign allowed.
enum RuntimeNumber: Hashable {
    /// What fits into 64 bits.
    case number(Int64)
    /// Digits that do not fit; the runtime's reader then stops at its largest or smallest number.
    case overflow(Int64)
    /// No digits, or something else beside them.
    case none

    init(_ text: some Collection<UInt8>) {
        let isNegative = text.first == 0x2D
        let digits = isNegative || text.first == 0x2B ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            self = .none
            return
        }
        if let number = Int64(String(decoding: text, as: UTF8.self)) {
            self = .number(number)
        } else {
            self = .overflow(isNegative ? .min : .max)
        }
    }

    /// The number of a field of an account file: what is no number counts as 0, and what a system call does not take is cut to
    /// its 32 bits.
    var lenient: UInt32 {
        switch self {
        case .number(let number), .overflow(let number): UInt32(truncatingIfNeeded: number)
        case .none: 0
        }
    }

    /// The number, where a `User` may name it: 0 to 2147483647.
    var named: UInt32? {
        guard case .number(let number) = self, (0...Int64(Int32.max)).contains(number) else { return nil }
        return UInt32(number)
    }
}
