// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// The grades of a batch and all that they rest on. It knows no time: the same input gives the same bytes.
public struct GradeBook: Sendable, Hashable {
    /// What the grades rest on.
    public let basis: GradingBasis
    /// The grades, sorted by id.
    public let grades: [SubmissionGrade]
    /// The files that were no submissions.
    public let ignored: [IgnoredFile]

    /// Makes a book; sorts the grades.
    public init(basis: GradingBasis, grades: [SubmissionGrade], ignored: [IgnoredFile] = []) {
        self.basis = basis
        self.grades = grades.sorted { SubmissionCollection.precedes($0.id, $1.id) }
        self.ignored = ignored
    }

    /// How many submissions are in a state.
    public func count(_ state: SubmissionGrade.State) -> Int { grades.count { $0.state == state } }

    /// What all grades come to, for the exit code: failed when one failed or is ungradable, else unknown when one is.
    public var verdict: Verdict {
        if count(.failed) + count(.ungradable) > 0 { return .failed }
        return count(.unknown) > 0 ? .unknown : .passed
    }
}

extension GradeBook {
    /// The bytes of a format.
    public func bytes(_ format: some GradeBookFormat) throws -> [UInt8] { try format.bytes(self) }
}
