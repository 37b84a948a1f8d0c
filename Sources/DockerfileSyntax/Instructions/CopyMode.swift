// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/reference.md, "COPY --chmod", frontend version 1.14 and later.

/// What a `--chmod` says, after expansion.
public enum CopyMode: Sendable, Hashable {
    /// These bits, 0 to 07777.
    case bits(Int)
    /// Changes to the bits of each file, such as `u=rwX,go-w`, in the notation of chmod(1).
    case changes(String)

    /// Why a mode is refused.
    public struct ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
        /// BuildKit's message.
        public let description: String
    }

    /// Reads a mode.
    public init(parsing text: String) throws(ValidationError) {
        if let first = text.utf8.first, first >= 0x30, first <= 0x39, let bits = Int(text, radix: 8), bits <= 0o7777 {
            self = .bits(bits)
        } else if Self.isSymbolic(text) {
            self = .changes(text)
        } else {
            throw ValidationError(
                description:
                    "invalid chmod parameter: '\(text)'. it should be octal string and between 0 and 07777"
            )
        }
    }

    private static func isSymbolic(_ text: String) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { clause in
            let rest = clause.drop { "ugoa".contains($0) }
            guard let sign = rest.first, "+-=".contains(sign) else { return false }
            return rest.dropFirst().allSatisfy { "rwxXstugo+-=".contains($0) }
        }
    }
}
