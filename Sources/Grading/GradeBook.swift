// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Submissions

/// The grades of a batch and all that they rest on. It knows no time: the same input gives the same bytes.
public struct GradeBook: Sendable, Hashable {
    /// What the grades rest on.
    public let basis: GradingBasis
    /// The grades, sorted by id.
    public let grades: [SubmissionGrade]
    /// The files that were no submissions.
    public let ignored: [IgnoredFile]
    /// How the class and what was handed in fit together; nil without a roster.
    public let roster: RosterOutcome?

    /// Makes a book; sorts the grades.
    public init(
        basis: GradingBasis,
        grades: [SubmissionGrade],
        ignored: [IgnoredFile] = [],
        roster: RosterOutcome? = nil
    ) {
        self.basis = basis
        self.roster = roster
        self.grades = grades.sorted { SubmissionCollection.precedes($0.id, $1.id) }
        self.ignored = ignored
    }

    /// How many submissions are in a state.
    public func count(_ state: SubmissionGrade.State) -> Int { grades.count { $0.state == state } }

    /// What all grades come to: failed when one failed or was not judged, else unknown when one is.
    public var verdict: Verdict {
        if grades.contains(where: { ![.passed, .unknown].contains($0.state) }) { return .failed }
        return count(.unknown) > 0 ? .unknown : .passed
    }
}

/// How a class and what was handed in fit together.
public struct RosterOutcome: Sendable, Hashable, Codable {
    /// How many people are in the class.
    public let people: Int
    /// Those who handed in nothing, by the ids of their grades.
    public let missing: [String]
    /// The submissions of nobody in the class, by id.
    public let unmatched: [String]

    /// What came of matching.
    public init(people: Int, missing: [String], unmatched: [String]) {
        self.people = people
        self.missing = missing
        self.unmatched = unmatched
    }
}

extension GradeBook {
    /// The bytes of a form that is one file.
    public func bytes(_ format: some GradeBookDocument) throws -> [UInt8] { try format.bytes(self) }
}
