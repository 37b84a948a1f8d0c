// SPDX-License-Identifier: Apache-2.0

public import Judgements
public import Submissions

/// What a grade rests on in what was handed in: whose it is, which file was judged, and what stood in or was passed over.
public struct SubmissionDetails: Sendable, Hashable {
    /// Where it lies below what was named; nil where nothing was handed in.
    public var path: String?
    /// Whose it is, as far as that is known.
    public var people: [SubmissionOwner.Person]
    /// Which attempt it is, from 1; nil where nothing says.
    public var attempt: Int?
    /// Whether the course site marked it as late.
    public var isLate: Bool
    /// The file that was judged, by its path in the submission; nil where none was.
    public var dockerfile: String?
    /// The files of the lesson that were not handed in, and that the starter's stood in for.
    public var filled: [String]
    /// The archives of images in it, and whether they counted.
    public var archives: [ArchiveUse]
    /// What could have been meant, where nothing says which.
    public var candidates: [String]
    /// What else there is to say, in sentences.
    public var notes: [String]

    /// Nothing is known, but for what is given.
    public init(path: String? = nil, people: [SubmissionOwner.Person] = []) {
        self.path = path
        self.people = people
        attempt = nil
        isLate = false
        dockerfile = nil
        filled = []
        archives = []
        candidates = []
        notes = []
    }

    /// What is known before a submission is looked into.
    init(_ submission: Submission) {
        self.init(path: submission.shownPath, people: submission.owner.people)
        attempt = submission.attempt
        isLate = submission.isLate
        notes = submission.notes
    }
}
