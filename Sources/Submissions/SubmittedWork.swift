// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Workspaces

/// What of a submission is judged: the folder that holds the work, and which file in it is the Dockerfile.
public struct SubmittedWork: Sendable {
    /// The files of the folder that holds the work.
    public let files: WorkFiles
    /// Where that folder lies in what was handed in: through outer folders and archives; empty at the top.
    public let folder: String
    /// The Dockerfile in `files`; nil where an image's archive is all.
    public let dockerfile: WorkPath?
    /// Whether the Dockerfile is still as the lesson began.
    public let isUntouched: Bool
    /// Archives of images in `files`, files and layout folders.
    public let archives: [String]
    /// What there is to say about the choice.
    public let notes: [String]

    init(
        files: WorkFiles,
        folder: String,
        dockerfile: WorkPath?,
        isUntouched: Bool,
        archives: [String],
        notes: [String]
    ) {
        self.files = files
        self.folder = folder
        self.dockerfile = dockerfile
        self.isUntouched = isUntouched
        self.archives = archives
        self.notes = notes
    }

    /// A folder of work taken as it stands, such as a lesson's workspace: the plain Dockerfile where there are several.
    ///
    /// - Throws: what reading throws.
    public init(_ files: WorkFiles) throws {
        let path = try DockerfileChoice.preferred(in: files)
        self.init(
            files: files,
            folder: "",
            dockerfile: path.flatMap { WorkPath($0) },
            isUntouched: false,
            archives: ImageArchives.find(in: files, beside: path),
            notes: []
        )
    }

    /// The Dockerfile's path in what was handed in; nil where there is none.
    public var shownDockerfile: String? {
        dockerfile.map { folder.isEmpty ? $0.description : folder + "/" + $0.description }
    }

    /// The folder on the host, for messages.
    public var place: String { files.place }

    func adding(_ note: String?) -> SubmittedWork {
        SubmittedWork(
            files: files,
            folder: folder,
            dockerfile: dockerfile,
            isUntouched: isUntouched,
            archives: archives,
            notes: notes + (note.map { [$0] } ?? [])
        )
    }
}
