// SPDX-License-Identifier: Apache-2.0

/// What was found where somebody said that submissions are.
public struct SubmissionCollection: Sendable {
    /// The submissions, sorted by id; no id comes twice.
    public let submissions: [Submission]
    /// Files that belong to no submission, sorted, so that nothing gets lost without a word.
    public let ignored: [IgnoredFile]

    /// Sorts, and gives a number to those whose id is taken: the second `ada` is `ada~2`.
    package init(_ found: [Submission], ignored: [IgnoredFile]) {
        var taken: Set<String> = []
        var unique: [Submission] = []
        for submission in found.sorted(by: { ($0.id, $0.shownPath ?? "") < ($1.id, $1.shownPath ?? "") }) {
            var id = submission.id
            var number = 1
            while !taken.insert(id).inserted {
                number += 1
                id = "\(submission.id)~\(number)"
            }
            unique.append(submission.named(id))
        }
        self.submissions = unique.sorted { Self.precedes($0.id, $1.id) }
        self.ignored = ignored.sorted { ($0.name, $0.reason) < ($1.name, $1.reason) }
    }

    /// The order of ids everywhere: by bytes, as the database has it.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

/// A file beside the submissions that is none.
public struct IgnoredFile: Sendable, Hashable, Codable {
    /// The file's name, below what the user named.
    public let name: String
    /// Why it is no submission.
    public let reason: String

    package init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }
}
