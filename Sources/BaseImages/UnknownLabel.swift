// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// The label by which an image says what is not known of it, so that it is never taken for clean wherever it goes.
///
/// Shape: a line each, `SCOPE: REASON`, or `SCOPE(PATH …): REASON` where only these paths of the image may be other than they seem, one
/// behind a `!` being left as it is; in a path, `%`, blanks, parentheses and what is no printable ASCII stand as `%` and two hexadecimal digits.
public enum UnknownLabel {
    /// The label's name.
    public static let name = "dev.seaworthy.unknown"

    /// The label's text.
    public static func text(_ unknowns: [Unknown]) -> String {
        unknowns.map { unknown in
            let isUsual = unknown.paths == unknown.scope.paths && unknown.spared.isEmpty
            let words = unknown.paths.map(escaped) + unknown.spared.map { "!" + escaped($0) }
            let places = isUsual ? "" : "(\(words.joined(separator: " ")))"
            return "\(unknown.scope.rawValue)\(places): \(unknown.reason)"
        }.joined(separator: "\n")
    }

    /// Reads the label back; a line that is malformed counts as the widest scope, for nobody can say what it meant.
    public static func unknowns(_ text: String) -> [Unknown] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, let (scope, words) = place(parts[0]) else {
                return Unknown(reason: String(line), scope: .filesystem)
            }
            return Unknown(
                reason: String(parts[1].drop { $0 == " " }),
                scope: scope,
                paths: words?.filter { !$0.hasPrefix("!") },
                spared: words?.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) } ?? []
            )
        }
    }

    /// What stands in front of the colon.
    private static func place(_ text: String) -> (Unknown.Scope, [String]?)? {
        if let scope = Unknown.Scope(rawValue: text) { return (scope, nil) }
        guard text.utf8.last == UInt8(ascii: ")"), let open = text.firstIndex(of: "("),
            let scope = Unknown.Scope(rawValue: String(text[..<open]))
        else { return nil }
        let paths = text[text.index(after: open)...].dropLast().split(separator: " ").map { unescaped($0) }
        guard paths.allSatisfy({ $0?.hasPrefix("/") == true || $0?.hasPrefix("!/") == true }) else { return nil }
        return (scope, paths.compactMap(\.self))
    }

    private static func escaped(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case 0x25, 0x28, 0x29, 0x3A, 0...0x20, 0x7F...:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            default: result.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return result
    }

    /// nil when a `%` has no two hexadecimal digits behind it.
    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
