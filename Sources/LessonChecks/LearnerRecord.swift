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

        /// A command as it was typed.
        public init(line: String, exitCode: Int) {
            self.line = line
            self.exitCode = exitCode
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

        /// An image under one of its names, with what is attached to it.
        public init(repository: String, tag: String, hasSBOM: Bool, provenanceMode: String?) {
            self.repository = repository
            self.tag = tag
            self.hasSBOM = hasSBOM
            self.provenanceMode = provenanceMode
        }
    }
}
