// SPDX-License-Identifier: Apache-2.0

public import OCISpec

extension World {
    /// What the kernel keeps for one process: a fork gets a copy, and nothing that becomes of the copy comes back.
    struct Process: Sendable {
        var workingDirectory: ImagePath
        var user: User
        var umask: UInt16 = 0o022
        /// The open files by descriptor.
        var descriptors: [Int: OpenFile.Handle] = [:]
        /// Where the command at hand stands, in bytes from the script's start.
        var offset = 0
    }

    /// Where the program runs.
    public var workingDirectory: ImagePath {
        get { process.workingDirectory }
        set { process.workingDirectory = newValue }
    }

    /// Who runs it.
    public var user: User {
        get { process.user }
        set { process.user = newValue }
    }

    /// The bits that new files do not get.
    public var umask: UInt16 {
        get { process.umask }
        set { process.umask = newValue }
    }
}
