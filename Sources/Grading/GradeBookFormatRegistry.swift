// SPDX-License-Identifier: Apache-2.0

/// The forms of a grade book, a line each.
public enum GradeBookFormatRegistry {
    /// All of them, in the order in which help lists them.
    public static let all: [any GradeBookFormat] = [
        GradeBookJSON(),
        GradeBookNDJSON(),
        GradeBookCSV(),
        JUnitReport(),
        CanvasCSV(),
        MoodleCSV(),
        GradescopeResults(),
        PrairieLearnResults(),
        GitHubClassroomResults(),
        LTIScores(),
    ]

    /// Their words, joined by commas.
    public static var names: String { all.map(\.name).joined(separator: ", ") }

    /// The format of a word; nil when there is none.
    public static func format(named name: String) -> (any GradeBookFormat)? { all.first { $0.name == name } }
}
