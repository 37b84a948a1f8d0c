// SPDX-License-Identifier: Apache-2.0
//
// Source: moodle/moodle, mod/assign/feedback/offline/importgradeslib.php, and the grade import of the gradebook.

import Submissions

/// A grade book as Moodle imports it, as the worksheet of an assignment or into the gradebook: a row a person, with the feedback.
///
/// Moodle wipes a grade whose feedback comes without it, so a row has both or neither. `Identifier` is the participant's number of the
/// assignment, where the names of the download gave it.
public struct MoodleCSV: GradeBookDocument {
    /// `moodle`.
    public var name: String { "moodle" }
    /// `moodle.csv`.
    public var place: String { "moodle.csv" }

    /// Makes the form.
    public init() {}

    /// The table.
    public func bytes(_ book: GradeBook) -> [UInt8] {
        let header = [
            "Identifier", "Full name", "ID number", "Email address", "Grade", "Maximum Grade",
            "Last modified (grade)", "Feedback comments",
        ]
        var rows = [header]
        for grade in book.grades {
            let isGraded = grade.isWhole && grade.points != nil
            for person in grade.members {
                let number = person.value(.site)
                let row = [
                    number.isEmpty ? "" : "Participant \(number)", person.name ?? grade.id, person.value(.school, .any),
                    person.value(.email), isGraded ? grade.points.map(String.init) ?? "" : "",
                    grade.maxPoints.map(String.init) ?? "", "-", isGraded ? grade.summary : "",
                ]
                rows.append(row.map { $0.isEmpty || $0 == "-" ? $0 : GradeBookCSV.text($0) })
            }
        }
        return Array(rows.map { $0.joined(separator: ",") + "\r\n" }.joined().utf8)
    }
}
