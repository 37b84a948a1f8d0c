// SPDX-License-Identifier: Apache-2.0
//
// Source: instructure/canvas-lms, lib/gradebook_importer.rb and lib/gradebook_exporter.rb.

import Submissions

/// A grade book as Canvas imports it: a row a person, the points of the lesson in one column.
///
/// Canvas finds a person by its own number, then by the school's, then by the name for signing in. A cell without points changes nothing
/// there, so what was not judged, or is not known whole, is left for a person to fill.
public struct CanvasCSV: GradeBookDocument {
    /// `canvas`.
    public var name: String { "canvas" }
    /// `canvas.csv`.
    public var place: String { "canvas.csv" }

    /// Makes the form.
    public init() {}

    /// The table.
    public func bytes(_ book: GradeBook) -> [UInt8] {
        let header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", book.basis.lesson]
        let most = book.grades.compactMap(\.maxPoints).max().map(String.init) ?? ""
        var rows = [header, ["    Points Possible", "", "", "", "", most]]
        for grade in book.grades {
            let points = grade.isWhole ? grade.points.map(String.init) ?? "" : ""
            for person in grade.members {
                let row = [
                    person.name ?? grade.id, person.value(.site), person.value(.school),
                    person.value(.login, .email, .any), "", points,
                ]
                rows.append(row.map { $0.isEmpty ? "" : GradeBookCSV.text($0) })
            }
        }
        return Array(rows.map { $0.joined(separator: ",") + "\r\n" }.joined().utf8)
    }
}
