// SPDX-License-Identifier: Apache-2.0

public import Judgements
public import Workspaces

/// Judges one submission. Nothing of a submission is ever executed.
public protocol SubmissionJudge: Sendable {
    /// The reports of the lesson's graded steps, in the lesson's order.
    ///
    /// An implementation promises that the same files give equal reports, wherever they came from, and that it reads nothing
    /// else on the submission's behalf.
    ///
    /// - Parameter files: what was handed in, as it was read for the digest.
    /// - Throws: a `Failure` when the submission cannot be judged at all; it is then ungradable, and the batch goes on. Only
    ///   `interrupted` (or a `CancellationError`) ends the batch, which can be resumed.
    func judge(_ files: WorkFiles) throws -> [StepReport]
}

/// A judge made of a closure.
public struct ClosureJudge: SubmissionJudge {
    private let body: @Sendable (WorkFiles) throws -> [StepReport]

    /// Wraps a closure that keeps the protocol's promise.
    public init(_ body: @escaping @Sendable (WorkFiles) throws -> [StepReport]) { self.body = body }

    /// Calls the closure.
    public func judge(_ files: WorkFiles) throws -> [StepReport] { try body(files) }
}
