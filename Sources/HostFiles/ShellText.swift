// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2024, Shell Command Language, 2.2.2 "Single-Quotes".

/// A text as one word of a shell's command line, so that a command that is shown can be pasted.
public enum ShellText {
    /// The text as it is where no shell reads anything into it; in single quotes otherwise.
    public static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.first != "~" && text.utf8.allSatisfy { plain.contains($0) }
        return isPlain
            ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static let plain = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@%+=,~".utf8
    )
}
