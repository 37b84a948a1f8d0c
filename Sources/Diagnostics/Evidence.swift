// SPDX-License-Identifier: Apache-2.0

/// Something a person can look at to see why a judgement is what it is.
public struct Evidence: Sendable, Hashable, Codable {
    /// What sort of thing is shown.
    public let kind: Kind
    /// The file of the work, image reference or path inside the image; nil when there is none. Never a path of this machine.
    public let file: String?
    /// The first line, from 1; nil when the evidence has no line.
    public let line: Int?
    /// The last line, from 1 and included; nil when the evidence has no line.
    public let endLine: Int?
    /// What stands there or was measured, in one short sentence.
    public let detail: String

    /// Evidence of something that is no file of the work.
    public init(kind: Kind, file: String? = nil, line: Int? = nil, endLine: Int? = nil, detail: String) {
        self.kind = kind
        self.file = file
        self.line = line
        self.endLine = endLine ?? line
        self.detail = detail
    }

    /// Evidence in a file of the work.
    public init(kind: Kind, in file: WorkPath, line: Int? = nil, endLine: Int? = nil, detail: String) {
        self.init(kind: kind, file: file.description, line: line, endLine: endLine, detail: detail)
    }
}

extension Evidence {
    /// The sorts of evidence.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A line of a Dockerfile.
        case dockerfile
        /// A field of an image's configuration or manifest.
        case image
        /// A file or folder inside an image.
        case imageFile
        /// An installed package.
        case package
        /// A known vulnerability.
        case vulnerability
        /// A policy's result.
        case policy
        /// An attestation attached to an image.
        case attestation
        /// A file of the workspace.
        case workspaceFile
        /// A command that the learner ran.
        case command
        /// An answer to a question.
        case answer
        /// Something that the engine did not understand.
        case unknown
    }
}
