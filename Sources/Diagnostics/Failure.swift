// SPDX-License-Identifier: Apache-2.0

/// Work that could not be done. A failed check, an unmet policy or a finding is not one: those are values.
///
/// The one error type that targets throw across their borders; it says what, where, why and what to do. Its texts are made
/// where it is thrown and are for people: a caller that must know what happened switches on `reason`, and what it has to
/// know and cannot tell apart yet becomes a reason of its own. Nobody looks into the texts.
public struct Failure: Error, Sendable {
    /// What happened, for callers that do something else then; it alone decides the code.
    public let reason: Reason
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

    /// A failure with what there is to say about it.
    public init(
        _ reason: Reason,
        _ what: String,
        at place: Place? = nil,
        why: String? = nil,
        fix: String? = nil,
        cause: (any Error)? = nil
    ) {
        self.reason = reason
        self.what = what
        self.place = place
        self.why = why
        self.fix = fix
        self.cause = cause
    }

    /// The kind of failure, which decides the exit code.
    public var code: Code { reason.code }

    /// The same failure at a place, when it has none.
    public func located(at place: Place) -> Failure {
        Failure(reason, what, at: self.place ?? place, why: why, fix: fix, cause: cause)
    }

    /// The same failure, the file of its place under another name.
    public func mappingFile(_ rename: (String) -> String) -> Failure {
        Failure(reason, what, at: place?.mappingFile(rename), why: why, fix: fix, cause: cause)
    }

    /// The same failure with something to do about it.
    public func advising(_ fix: String) -> Failure {
        Failure(reason, what, at: place, why: why, fix: fix, cause: cause)
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
        left.reason == right.reason && left.what == right.what && left.place == right.place && left.why == right.why
            && left.fix == right.fix
    }
}
