// SPDX-License-Identifier: Apache-2.0

extension UInt8 {
    /// The letter in the other case where it has one, as in the POSIX locale.
    public func cased(upper: Bool) -> UInt8 {
        switch self {
        case 0x61...0x7A where upper: self - 0x20
        case 0x41...0x5A where !upper: self + 0x20
        default: self
        }
    }
}
