// SPDX-License-Identifier: Apache-2.0

/// The folder that Debian has a program in.
public enum ProgramHome: Sendable, Hashable {
    /// `/usr/bin`, also found as `/bin`.
    case bin
    /// `/usr/sbin`, also found as `/sbin`.
    case sbin
}
