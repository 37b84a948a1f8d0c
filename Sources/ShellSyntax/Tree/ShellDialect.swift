// SPDX-License-Identifier: Apache-2.0

/// The shell whose manners a script gets.
public enum ShellDialect: String, Sendable, Hashable, Codable, CaseIterable {
    /// Debian's `/bin/sh`.
    case dash
    /// BusyBox's `sh`, as Alpine has it.
    case ash
    /// GNU bash.
    case bash

    /// Whether `[[`, `((`, `function`, `<<<`, `&>` and `${x/p/r}` are understood.
    ///
    /// BusyBox takes `[[`, `${x/p/r}`, `${x:1:2}`, `&>` and `$'…'` too; arrays and brace expansion are bash's alone.
    package var hasBashSyntax: Bool { self != .dash }

    /// The dialect that a program of this name speaks; nil when it is no shell that is known.
    package static func named(_ program: String) -> ShellDialect? {
        switch program {
        case "sh", "dash": .dash
        case "ash", "busybox": .ash
        case "bash", "rbash": .bash
        default: nil
        }
    }
}
