// SPDX-License-Identifier: Apache-2.0

/// How a program ended. What it wrote and changed stands in the world.
public struct Outcome: Sendable, Hashable {
    /// The exit code, as far as it is known.
    public let exit: Exit
    /// Why it failed; nil when it did not, or when no advice hangs on it.
    public let reason: CommandFailure?

    /// Makes one of an exit code that may not be known.
    public init(_ exit: Exit, reason: CommandFailure? = nil) {
        self.exit = exit
        self.reason = reason
    }

    /// It ended with an exit code.
    public static func code(_ code: Int, reason: CommandFailure? = nil) -> Outcome {
        Outcome(.code(code), reason: reason)
    }

    /// It did what it was asked.
    public static let success = Outcome(.code(0))

    /// How it ended is not known.
    public static let unknown = Outcome(.unknown)
}

/// An exit code, as far as it is known.
public typealias Exit = ShellOutcome.Exit
