// SPDX-License-Identifier: Apache-2.0

import ShellMachine

/// How a program stands that goes on with its next operand after one has failed.
struct Tally {
    /// The exit code so far.
    private(set) var exit = 0
    /// Why the first of the failures was one.
    private(set) var reason: CommandFailure?

    /// Counts a failure.
    mutating func fail(_ reason: CommandFailure? = nil) {
        exit = 1
        self.reason = self.reason ?? reason
    }

    /// Counts an operand that could not be reached, and says so unless the program was asked to be silent.
    mutating func fail(_ operand: String, _ error: FileError, isSaid: Bool, _ call: inout Invocation) {
        if isSaid {
            call.warn(
                call.isBusybox ? "\(operand): \(error.message)" : "cannot access '\(operand)': \(error.message)"
            )
        }
        fail(error.reason(operand))
    }

    /// Counts what somebody else has come to.
    mutating func add(_ other: Tally) {
        if other.exit != 0 { fail(other.reason) }
    }

    /// How the program ends.
    var outcome: Outcome { .code(exit, reason: reason) }
}

extension FileError {
    /// The reason for a failure with a file; nil where no advice hangs on it.
    func reason(_ path: String) -> CommandFailure? {
        switch self {
        case .missing: .fileMissing(path)
        case .denied, .notPermitted: .notPermitted(path)
        case .notFolder, .exists, .isFolder, .notEmpty, .tooManyLinks, .invalid, .tooLong: nil
        }
    }
}
