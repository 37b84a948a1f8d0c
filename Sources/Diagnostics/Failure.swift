// SPDX-License-Identifier: Apache-2.0

/// Work that could not be done. A failed check, an unmet policy or a finding is not one: those are values.
///
/// The one error type that targets throw across their borders; it says what, where, why and what to do. The exit code of a
/// command follows from `code` alone, in one place of `SeaworthyCommands`; nobody looks into the texts.
public struct Failure: Error, Sendable {
    /// The kind of failure, which decides the exit code.
    public let code: Code
    /// What could not be done, in one sentence without a full stop.
    public let what: String
    /// Where; nil when there is no place.
    public let place: Place?
    /// Why not, in one sentence without a full stop; nil when `what` says it all.
    public let why: String?
    /// What the user can do about it; nil when nothing.
    public let fix: String?
    /// The error below, for `--verbose`; never needed to understand the message.
    public let cause: (any Error)?

    /// Makes a failure from its parts.
    public init(
        _ code: Code,
        _ what: String,
        at place: Place? = nil,
        why: String? = nil,
        fix: String? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.what = what
        self.place = place
        self.why = why
        self.fix = fix
        self.cause = cause
    }
}

extension Failure {
    /// The kinds of failure; the raw value is the stable name in JSON.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// The command was typed in a way that makes no sense (64).
        case usage
        /// The input is not what it should be: malformed, contradictory (65).
        case malformedInput
        /// The input tries to leave its folder, follow links or otherwise do harm (65).
        case hostileInput
        /// The input is larger, deeper or slower than the limits allow (65).
        case overLimit
        /// An input does not exist (66).
        case noInput
        /// A needed engine or service is not there (69).
        case unavailable
        /// A fault of ours (70).
        case internalFault
        /// An output cannot be created (73).
        case cannotCreate
        /// Reading or writing went wrong (74).
        case inputOutput
        /// The user interrupted (130).
        case interrupted
    }
}

extension Failure: CustomStringConvertible {
    /// One line for logs and tests: what, where and why.
    public var description: String {
        var text = what
        if let place { text = "\(place): \(text)" }
        if let why { text += ": \(why)" }
        return text
    }
}

extension Failure: Equatable {
    /// Compares everything but the cause.
    public static func == (left: Failure, right: Failure) -> Bool {
        left.code == right.code && left.what == right.what && left.place == right.place && left.why == right.why
            && left.fix == right.fix
    }
}
