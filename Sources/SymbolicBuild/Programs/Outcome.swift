// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// How a program ended. What it wrote and changed stands in the world.
package struct Outcome: Sendable, Hashable {
    /// The exit code, as far as it is known.
    package let exit: Exit
    /// Why it failed; nil when it did not, or when no advice hangs on it.
    package let reason: CommandFailure?

    package init(_ exit: Exit, reason: CommandFailure? = nil) {
        self.exit = exit
        self.reason = reason
    }

    /// It ended with an exit code.
    package static func code(_ code: Int, reason: CommandFailure? = nil) -> Outcome {
        Outcome(.code(code), reason: reason)
    }

    /// It did what it was asked.
    package static let success = Outcome(.code(0))

    /// How it ended is not known.
    package static let unknown = Outcome(.unknown)
}

/// Why a command failed, as a value: advice hangs on this, never on the text that the command wrote.
public enum CommandFailure: Sendable, Hashable, Codable {
    /// The program is not in the image; its name as typed.
    case programMissing(String)
    /// The program has no such option.
    case optionUnknown(option: String, program: String, isBusybox: Bool)
    /// The user may not do this: to a file, a folder or the account files.
    case notPermitted(String)
    /// An account or group of that name is there already.
    case nameTaken(String)
    /// A user or group number is taken already.
    case numberTaken(Int)
    /// There is no such group.
    case groupMissing(String)
    /// There is no such user.
    case userMissing(String)
    /// There is no such file or folder.
    case fileMissing(String)
}
