// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import JSONValues

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
    /// The files that a book can be written as.
    public enum Format: String, Sendable, Hashable, CaseIterable, Comparable {
        case json, csv

        /// The file's name in the output folder.
        public var fileName: String { "grades." + rawValue }

        /// Orders by name.
        public static func < (left: Format, right: Format) -> Bool { left.rawValue < right.rawValue }
    }

    /// The bytes of a format.
    public func bytes(_ format: Format) throws -> [UInt8] {
        switch format {
        case .json: try json()
        case .csv: GradeCSV(self).bytes
        }
    }

    /// Shape: sorted keys, two blanks of indent, a line feed at the end.
    private func json() throws -> [UInt8] {
        struct Document: Encodable {
            let formatVersion = 1
            let lesson: String
            let lessonDigest: String
            let engineVersion: String
            let dataDigest: String
            let summary: [String: Int]
            let submissions: [SubmissionGrade]
            let ignored: [IgnoredFile]
        }
        var summary = ["submissions": grades.count]
        for state in SubmissionGrade.State.allCases { summary[state.rawValue] = count(state) }
        let document = Document(
            lesson: basis.lesson,
            lessonDigest: basis.lessonDigest,
            engineVersion: basis.engineVersion,
            dataDigest: basis.dataDigest,
            summary: summary,
            submissions: grades,
            ignored: ignored
        )
        return try JSONWriter.bytes(of: document, .indented) + [UInt8(ascii: "\n")]
    }
}
