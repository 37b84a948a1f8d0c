// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GRDB

extension DatabaseError {
    /// Whether the file's bytes are not those of a sound database of ours.
    var isDamage: Bool { resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB }

    /// The same as a failure that says what to do.
    func failure(at path: String) -> Failure {
        let why = message
        switch resultCode {
        case .SQLITE_FULL:
            return Failure(
                .inputOutput,
                "your progress was not saved: the disk is full",
                at: .file(path),
                why: why,
                fix: "Free some space and run the command again; what was saved before is safe.",
                cause: self
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Failure(
                .inputOutput,
                "your progress is kept busy by another process",
                at: .file(path),
                why: why,
                fix: "Close the other one, or wait for it, and run the command again.",
                cause: self
            )
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return Failure(
                .inputOutput,
                "your progress cannot be opened for writing",
                at: .file(path),
                why: why,
                fix: "Make the file and its folder writable, or set SEAWORTHY_HOME to another folder.",
                cause: self
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return Failure(
                .malformedInput,
                "your progress cannot be read",
                at: .file(path),
                why: why,
                fix: "Run the command again: the damaged file is then moved aside and a new one is begun.",
                cause: self
            )
        case .SQLITE_IOERR:
            return Failure(
                .inputOutput,
                "your progress was not saved",
                at: .file(path),
                why: why,
                fix: "Look whether the disk is full or failing, and run the command again.",
                cause: self
            )
        default: return Failure(.internalFault, "your progress was not saved", at: .file(path), why: why, cause: self)
        }
    }
}
