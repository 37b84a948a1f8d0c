// SPDX-License-Identifier: Apache-2.0

import JSONValues
import Submissions

/// A grade book as one JSON document, with everything that was judged.
///
/// Shape: sorted keys, two blanks of indent, a line feed at the end.
public struct GradeBookJSON: GradeBookDocument {
    /// `json`.
    public var name: String { "json" }

    /// Makes the form.
    public init() {}

    private struct Document: Encodable {
        let formatVersion = 1
        let lesson: String
        let lessonDigest: String
        let engineVersion: String
        let dataDigest: String
        let asOf: String?
        let roster: RosterOutcome?
        let summary: [String: Int]
        let submissions: [SubmissionGrade]
        let ignored: [IgnoredFile]
    }

    /// The document.
    public func bytes(_ book: GradeBook) throws -> [UInt8] {
        var summary = ["submissions": book.grades.count]
        for state in SubmissionGrade.State.allCases { summary[state.rawValue] = book.count(state) }
        let document = Document(
            lesson: book.basis.lesson,
            lessonDigest: book.basis.lessonDigest,
            engineVersion: book.basis.engineVersion,
            dataDigest: book.basis.dataDigest,
            asOf: book.basis.asOf,
            roster: book.roster,
            summary: summary,
            submissions: book.grades,
            ignored: book.ignored
        )
        return try JSONWriter.bytes(of: document, .indented) + [UInt8(ascii: "\n")]
    }
}

extension GradeBookFormat where Self == GradeBookJSON {
    /// The JSON document.
    public static var json: Self { GradeBookJSON() }
}
