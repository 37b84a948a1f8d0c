// SPDX-License-Identifier: Apache-2.0

/// What every grade of a batch rests on: the same basis and the same submissions give the same bytes.
public struct GradingBasis: Sendable, Hashable, Codable {
    /// The lesson's id.
    public let lesson: String
    /// The digest of the lesson's content.
    public let lessonDigest: String
    /// The version of the engine that judges.
    public let engineVersion: String
    /// The digest of the data that it judges by.
    public let dataDigest: String
    /// The day for which it judges, `YYYY-MM-DD`; nil in batches of versions that judged by the clock.
    public let asOf: String?

    /// Digests as text, compared byte by byte.
    public init(lesson: String, lessonDigest: String, engineVersion: String, dataDigest: String, asOf: String?) {
        self.lesson = lesson
        self.lessonDigest = lessonDigest
        self.engineVersion = engineVersion
        self.dataDigest = dataDigest
        self.asOf = asOf
    }
}
