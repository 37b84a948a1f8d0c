// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// How a script or a command ended, and what it said on the way.
///
/// Units: offsets are bytes from the start of the script, lines count from 1.
public struct ShellOutcome: Sendable {
    /// The exit code, as far as it is known.
    public var exit: Exit
    /// Standard output.
    public var stdout: [UInt8]
    /// Whether `stdout` is all of it; false when some command's output is not known.
    public var isStdoutComplete: Bool
    /// Standard error.
    public var stderr: [UInt8]
    /// Both streams in the order of writing, as a build log shows them.
    public var log: [UInt8]
    /// What was not understood, in the order of the script, each once.
    public var unknowns: [Note]
    /// The command that made the script end badly; nil when the exit code is 0 or unknown.
    public var failure: Problem?
    /// The simple commands that ran, in order; at most 10,000.
    public var trace: [Step]

    /// An exit code, or none that is known.
    public enum Exit: Sendable, Hashable {
        case code(Int)
        case unknown

        /// Whether it is known to be 0.
        public var isSuccess: Bool { self == .code(0) }

        /// The number; nil when it is not known.
        public var code: Int? {
            if case .code(let code) = self { code } else { nil }
        }
    }

    /// Something that was not understood, with its place.
    public struct Note: Sendable, Hashable {
        /// Where the command stands.
        public let offset: Int
        /// What was not understood.
        public let unknown: Unknown
    }

    /// The command that ended a script.
    public struct Problem: Sendable, Hashable {
        /// Where the command stands.
        public let offset: Int
        /// Its line in the script.
        public let line: Int
        /// What it wrote to standard error last; a sentence of ours when it wrote nothing.
        public let message: String
        /// The command's words.
        public let arguments: [String]
        /// Why it failed, as far as its model says.
        public let reason: CommandFailure?

        init(offset: Int, line: Int, message: String, arguments: [String], reason: CommandFailure? = nil) {
            self.offset = offset
            self.line = line
            self.message = message
            self.arguments = arguments
            self.reason = reason
        }
    }

    /// A simple command that ran.
    public struct Step: Sendable, Hashable {
        /// The words after expansion.
        public let arguments: [String]
        /// Where it stands.
        public let offset: Int
        /// How it ended.
        public let exit: Exit
    }
}
