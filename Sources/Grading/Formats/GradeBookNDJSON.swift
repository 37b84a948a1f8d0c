// SPDX-License-Identifier: Apache-2.0

import JSONValues

/// A grade book as lines of JSON: each grade as `grades.json` has it, one a line.
public struct GradeBookNDJSON: GradeBookDocument {
    /// `ndjson`.
    public var name: String { "ndjson" }

    /// Makes the form.
    public init() {}

    /// The lines; none for an empty book.
    public func bytes(_ book: GradeBook) throws -> [UInt8] {
        try book.grades.flatMap { try JSONWriter.bytes(of: $0) + [UInt8(ascii: "\n")] }
    }
}
