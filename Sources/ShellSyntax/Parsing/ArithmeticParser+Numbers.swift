// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.4; the bash reference manual, "Shell Arithmetic".

extension ArithmeticParser {
    /// Why a text is no number.
    package struct NumberError: Error, Equatable {
        /// What the shell says.
        package let message: String
    }

    /// Reads a constant: decimal, `0` octal, `0x` hexadecimal, in bash `base#digits`. 64 bits; bash wraps, the others stop at
    /// the greatest.
    package static func number(_ bytes: ArraySlice<UInt8>, dialect: ShellDialect) -> Result<Int, NumberError> {
        let wraps = dialect != .dash
        var base = 10
        var digits = bytes
        if let hash = bytes.firstIndex(of: UInt8(ascii: "#")) {
            guard let named = Int(String(decoding: bytes[..<hash], as: UTF8.self)), (2...64).contains(named) else {
                return .failure(NumberError(message: "invalid arithmetic base"))
            }
            base = named
            digits = bytes[(hash + 1)...]
        } else if bytes.count > 1, bytes.first == 0x30 {
            let second = bytes[bytes.startIndex + 1]
            base = second == UInt8(ascii: "x") || second == UInt8(ascii: "X") ? 16 : 8
            digits = bytes.dropFirst(base == 16 ? 2 : 1)
        }
        if digits.isEmpty, base == 16, !wraps {
            return .failure(NumberError(message: "arithmetic expression: expecting EOF"))
        }
        var result = 0
        var overflowed = false
        for byte in digits {
            guard let digit = digit(byte, base: base), digit < base else {
                let token = String(decoding: bytes, as: UTF8.self)
                return .failure(
                    NumberError(
                        message: wraps
                            ? "value too great for base (error token is \"\(token)\")"
                            : "arithmetic expression: expecting EOF"
                    )
                )
            }
            let (product, first) = result.multipliedReportingOverflow(by: base)
            let (sum, second) = product.addingReportingOverflow(digit)
            if first || second { overflowed = true }
            result = sum
        }
        return .success(overflowed && !wraps ? Int.max : result)
    }

    /// Up to base 36 the case of a letter makes no difference.
    private static func digit(_ byte: UInt8, base: Int) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x61...0x7A: Int(byte) - 0x57
        case 0x41...0x5A: base <= 36 ? Int(byte) - 0x37 : Int(byte) - 0x1D
        default: nil
        }
    }
}
