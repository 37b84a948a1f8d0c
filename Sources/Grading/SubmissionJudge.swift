// SPDX-License-Identifier: Apache-2.0

public import Judgements

/// Judges one submission. Nothing of a submission is ever executed.
public protocol SubmissionJudge: Sendable {
    /// The reports of the lesson's graded steps, in the lesson's order.
    ///
    /// An implementation promises that the same folder content gives equal reports, wherever the folder lies, and that it
    /// reads nothing outside of the folder on the submission's behalf.
    ///
    /// - Parameter folder: the host path of the folder that holds what was handed in.
    /// - Throws: a `Failure` when the submission cannot be judged at all; it is then ungradable, and the batch goes on. Only
    ///   `interrupted` (or a `CancellationError`) ends the batch, which can be resumed.
    func judge(_ folder: String) throws -> [StepReport]
}

/// A judge made of a closure.
public struct ClosureJudge: SubmissionJudge {
    private let body: @Sendable (String) throws -> [StepReport]

    /// Wraps a closure that keeps the protocol's promise.
    public init(_ body: @escaping @Sendable (String) throws -> [StepReport]) { self.body = body }

    /// Calls the closure.
    public func judge(_ folder: String) throws -> [StepReport] { try body(folder) }
}
