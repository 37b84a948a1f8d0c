// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, mkfifo; GNU coreutils 9.1.

import Diagnostics
import ImageFilesystem
import ShellMachine

/// `mkfifo`: makes named pipes.
enum Mkfifo: CommandModel {
    static let names = ["mkfifo"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = OptionTable([.value("m", "mode", is: .mode)])

    static func run(_ call: inout Invocation) -> Outcome {
        for text in call.operands {
            do throws(FileError) {
                let (path, node) = try call.world.resolve(text, followLast: false)
                guard node == nil else { throw FileError.exists }
                try call.world.make(.fifo, mode: 0o666 & ~call.world.umask, at: path)
            } catch {
                return call.fail("cannot create fifo '\(text)': \(error.message)", reason: error.reason(text))
            }
        }
        return .success
    }
}
