// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit, solver/pb/ops.proto and solver/llbsolver/provenance/types/types.go.

extension Provenance {
    /// A step of the build.
    public struct Step: Sendable, Hashable {
        /// `stepN`.
        public let id: String
        /// What it does.
        public let operation: Operation
        /// The outputs of other steps that it takes, `stepN:M`.
        public let inputs: [String]
        /// What it runs on, such as `linux/amd64`; nil when it does not matter.
        public let platform: String?

        /// A step that rests on no other, unless inputs are named.
        public init(id: String, operation: Operation, inputs: [String] = [], platform: String? = nil) {
            self.id = id
            self.operation = operation
            self.inputs = inputs
            self.platform = platform
        }
    }

    /// What a step does.
    public enum Operation: Sendable, Hashable {
        /// Takes an image (`docker-image://…`), a local folder (`local://context`), a repository or a download.
        case source(identifier: String, attributes: [String: String])
        /// Runs a command.
        case execution(Execution)
        /// Makes folders and files, copies.
        case files([FileAction])
        /// Names the result; the last step.
        case result
        /// Another operation of BuildKit, by its name (`merge`, `diff`, `build`, …).
        case other(String)
    }

    /// A command and where it runs.
    public struct Execution: Sendable, Hashable {
        /// The command and its arguments.
        public let arguments: [String]
        /// The environment, each `NAME=value`.
        public let environment: [String]
        /// The working directory.
        public let workingDirectory: String
        /// The user; nil for the image's own.
        public let user: String?
        /// Where inputs are mounted: the destination of each input, in order; the first is `/`.
        public let mounts: [String]

        /// A command in the root folder, as the image's user, with the step's own filesystem.
        public init(
            arguments: [String],
            environment: [String] = [],
            workingDirectory: String = "/",
            user: String? = nil,
            mounts: [String] = ["/"]
        ) {
            self.arguments = arguments
            self.environment = environment
            self.workingDirectory = workingDirectory
            self.user = user
            self.mounts = mounts
        }
    }

    /// One action on files.
    public enum FileAction: Sendable, Hashable {
        /// Makes a folder; `mode` is permission bits.
        case makeDirectory(path: String, mode: Int)
        /// Makes a file.
        case makeFile(path: String, mode: Int, data: [UInt8])
        /// Copies from the step's second input.
        case copy(source: String, destination: String)
        /// Removes a path.
        case remove(path: String)
    }
}
