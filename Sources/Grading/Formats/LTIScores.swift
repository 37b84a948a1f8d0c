// SPDX-License-Identifier: Apache-2.0
//
// Source: 1EdTech LTI Assignment and Grade Services 2.0, 3.4 "Score service".

import JSONValues
import Submissions

/// Scores as LTI's grade service takes them, one document for each submission, to be posted to the line item's `/scores`.
///
/// Only what is known whole is fully graded; what waits for a person is pending, and what was not judged has no score. The service wants
/// a time: it is the beginning of the day for which was judged.
public struct LTIScores: GradeBookFolder {
    /// `lti`.
    public var name: String { "lti" }

    /// Makes the form.
    public init() {}

    private struct Document: Encodable {
        let userId: String
        let scoreGiven: Int?
        let scoreMaximum: Int?
        let comment: String
        let timestamp: String
        let activityProgress: String
        let gradingProgress: String
    }

    /// A document a person, as a list where several handed in together.
    public func bytes(_ grade: SubmissionGrade, of book: GradeBook) throws -> [UInt8] {
        let isGiven = grade.isWhole && grade.points != nil
        let documents = grade.members.map { person in
            let known = person.value(.site, .login, .school, .email, .any)
            return Document(
                userId: known.isEmpty ? grade.id : known,
                scoreGiven: isGiven ? grade.points : nil,
                scoreMaximum: isGiven ? grade.maxPoints : nil,
                comment: grade.summary,
                timestamp: (book.basis.asOf ?? "1970-01-01") + "T00:00:00.000Z",
                activityProgress: grade.state == .missing ? "Initialized" : "Completed",
                gradingProgress: progress(grade, isGiven: isGiven)
            )
        }
        let bytes =
            if documents.count == 1, let only = documents.first {
                try JSONWriter.bytes(of: only, .indented)
            } else {
                try JSONWriter.bytes(of: documents, .indented)
            }
        return bytes + [UInt8(ascii: "\n")]
    }

    private func progress(_ grade: SubmissionGrade, isGiven: Bool) -> String {
        if isGiven { return "FullyGraded" }
        switch grade.state {
        case .missing: return "NotReady"
        case .ungradable, .overLimit: return "Failed"
        case .passed, .failed, .partly, .unknown, .ambiguous: return "PendingManual"
        }
    }
}
