// SPDX-License-Identifier: Apache-2.0

public import Judgements
public import Submissions

/// Judges one submission. Nothing of a submission is ever executed.
public protocol SubmissionJudge: Sendable {
    /// The reports of the lesson's graded steps, in the lesson's order, and what they were judged by.
    ///
    /// An implementation promises that the same files give equal reports, wherever they came from, and that it reads nothing
    /// else on the submission's behalf.
    ///
    /// - Parameter work: what was handed in, as it was read for the digest, and which file of it is the Dockerfile.
    /// - Throws: a `Failure` when the submission cannot be judged at all; it is then ungradable, and the batch goes on. Only
    ///   `interrupted` (or a `CancellationError`) ends the batch, which can be resumed.
    func judge(_ work: SubmittedWork) throws -> WorkJudgement
}

/// A judge made of a closure.
public struct ClosureJudge: SubmissionJudge {
    private let body: @Sendable (SubmittedWork) throws -> WorkJudgement

    /// Wraps a closure that keeps the protocol's promise.
    public init(_ body: @escaping @Sendable (SubmittedWork) throws -> WorkJudgement) { self.body = body }

    /// Calls the closure.
    public func judge(_ work: SubmittedWork) throws -> WorkJudgement { try body(work) }
}
