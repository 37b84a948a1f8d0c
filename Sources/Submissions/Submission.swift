// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// Something that one person (or group) handed in, before it is looked into.
public struct Submission: Sendable, Identifiable {
    /// The name that grades go by: unique in a batch, without control characters, taken from the person, folder or file.
    public let id: String
    /// Where it is on the host; of several parts that of the first.
    public let path: String
    /// Where it is below what was named: the same wherever the grader runs. Nil where nothing was handed in.
    public let shownPath: String?
    /// In what form it came.
    public let form: Form
    /// Whose it is, as far as that is known.
    public let owner: SubmissionOwner
    /// Which attempt it is, from 1; nil where nothing says.
    public let attempt: Int?
    /// Whether the course site marked it as late.
    public let isLate: Bool
    /// What else there is to say of it: what came with it and is not judged.
    public let notes: [String]

    package init(
        id: String,
        path: String,
        shownPath: String?,
        form: Form,
        owner: SubmissionOwner? = nil,
        attempt: Int? = nil,
        isLate: Bool = false,
        notes: [String] = []
    ) {
        self.id = id
        self.path = path
        self.shownPath = shownPath
        self.form = form
        self.owner = owner ?? SubmissionOwner(id: id)
        self.attempt = attempt
        self.isLate = isLate
        self.notes = notes
    }

    /// The same submission by another name.
    func named(_ id: String) -> Submission {
        Submission(
            id: id,
            path: path,
            shownPath: shownPath,
            form: form,
            owner: owner,
            attempt: attempt,
            isLate: isLate,
            notes: notes
        )
    }
}

extension Submission {
    /// The forms of submissions.
    public enum Form: Sendable, Equatable {
        /// A folder that holds the work.
        case folder
        /// Files and folders that a course site keeps apart: a Dockerfile, a zip, the archive of an image, and what came with them.
        case parts([Part])
        /// A zip or tar of a folder.
        case archive
        /// What was handed in could not even be opened, or is nothing that could be judged; the reason is the grade.
        case unreadable(Failure)
        /// Nothing was handed in.
        case nothing
    }

    /// One of the things that make a submission.
    public struct Part: Sendable, Equatable {
        /// The name that it has in the work, without what a course site put in front.
        public let name: String
        /// Where it is on the host.
        public let path: String
    }
}
