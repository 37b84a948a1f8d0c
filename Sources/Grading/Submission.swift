// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// Something that one person (or group) handed in, before it is looked into.
public struct Submission: Sendable, Identifiable {
    /// The name that grades go by: unique in a batch, without control characters, taken from the folder or file.
    public let id: String
    /// Where it is on the host.
    public let path: String
    /// In what form it came.
    public let form: Form

    /// A submission that nobody has looked into yet.
    public init(id: String, path: String, form: Form) {
        self.id = id
        self.path = path
        self.form = form
    }
}

extension Submission {
    /// The forms of submissions.
    public enum Form: Sendable, Equatable {
        /// A folder that holds the work.
        case folder
        /// A file that is the work: a Dockerfile, or the archive of an image. It is put into a folder of its own.
        case file(name: String)
        /// A zip or tar of a folder.
        case archive
        /// What was handed in could not even be opened; the reason is the grade.
        case unreadable(Failure)
    }
}
