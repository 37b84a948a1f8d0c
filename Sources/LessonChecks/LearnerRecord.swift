// SPDX-License-Identifier: Apache-2.0

/// What a learner did besides editing files: the part of the record that checks ask for.
public struct LearnerRecord: Sendable {
    /// The command lines that ran in the lesson's shell, the oldest first, with their exit codes.
    public let commands: [Command]
    /// The images of the local store by their full references, with what is attached.
    public let images: [Image]
    /// Settings, such as `organization`.
    public let settings: [String: String]
    /// Answers to questions by question id, the latest of each.
    public let answers: [String: String]

    /// Takes what counts after resets, the oldest command first.
    public init(commands: [Command], images: [Image], settings: [String: String], answers: [String: String]) {
        self.commands = commands
        self.images = images
        self.settings = settings
        self.answers = answers
    }

    /// A command that ran.
    public struct Command: Sendable, Hashable {
        /// The words joined by blanks, after the shell's expansion.
        public let line: String
        /// How it ended.
        public let exitCode: Int
        /// The image that it built or looked at, as it was found; nil when the record does not say.
        public let image: String?

        /// Takes what the record has.
        public init(line: String, exitCode: Int, image: String? = nil) {
            self.line = line
            self.exitCode = exitCode
            self.image = image
        }
    }

    /// An image in the local store.
    public struct Image: Sendable, Hashable {
        /// The repository without registry, such as `acme/memes-r-us`.
        public let repository: String
        /// The tag.
        public let tag: String
        /// Whether an SBOM is attached.
        public let hasSBOM: Bool
        /// The mode of the attached provenance, `min` or `max`; nil when there is none.
        public let provenanceMode: String?
        /// The Dockerfile that it was built from, by its provenance; nil when the provenance does not hold it.
        public let dockerfile: [UInt8]?

        /// Takes what the store has.
        public init(
            repository: String,
            tag: String,
            hasSBOM: Bool,
            provenanceMode: String?,
            dockerfile: [UInt8]? = nil
        ) {
            self.repository = repository
            self.tag = tag
            self.hasSBOM = hasSBOM
            self.provenanceMode = provenanceMode
            self.dockerfile = dockerfile
        }
    }
}
