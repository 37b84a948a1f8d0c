// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// Why a submission is not judged although its bytes can be read. It is no fault of the work, and no 0.
public struct UnjudgedSubmission: Error, Sendable, Equatable {
    /// What kept it from being judged.
    public let kind: Kind
    /// What, where and why, and what to do about it.
    public let failure: Failure
    /// What could have been meant; empty where there is nothing to choose from.
    public let candidates: [String]

    /// What can keep a submission from being judged.
    public enum Kind: Sendable, Hashable {
        /// Several things could be the work.
        case ambiguous
        /// There is nothing.
        case missing
        /// What there is cannot be the work.
        case ungradable
    }

    package init(_ kind: Kind, _ failure: Failure, candidates: [String] = []) {
        self.kind = kind
        self.failure = failure
        self.candidates = candidates
    }

    /// Several files or archives could be the work, and they differ.
    static func ambiguous(_ candidates: [String]) -> UnjudgedSubmission {
        UnjudgedSubmission(
            .ambiguous,
            Failure(
                .malformedInput,
                "several files could be the work, and they differ: \(DockerfileChoice.list(candidates))",
                fix: "Ask which one is meant, and leave that one there."
            ),
            candidates: candidates.map(SubmissionName.clean)
        )
    }

    /// Nothing was handed in.
    static let missing = UnjudgedSubmission(
        .missing,
        Failure(.noInput, "nothing was handed in", fix: "Ask for it; the others are not affected.")
    )
}
