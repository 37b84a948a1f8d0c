// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, touch; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import ShellMachine

/// `touch`: sets the times of files, and makes those that are not there.
enum Touch: CommandModel {
    static let names = ["touch"]
    static let scope = Unknown.Scope.files
    static let makesNone = CommandOption.flag("c", "no-create")
    static let date = CommandOption.value("d", "date")
    static let noFollow = CommandOption.flag("h", "no-dereference")
    static let reference = CommandOption.value("r", "reference", is: .path)
    static let options: OptionTable? = OptionTable([
        .flag("a"), makesNone, date, .flag("f"), noFollow, .flag("m"), reference, .value("t"), .value("time"),
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else {
            if call.isBusybox { return call.missingOperand() }
            call.err("touch: missing file operand\nTry 'touch --help' for more information.\n")
            return .code(1)
        }
        var time = call.world.epochSeconds
        let referenced: FileNode?
        do throws(Ending) { referenced = try call.referenceFile(reference) } catch { return error.outcome }
        if let referenced {
            time = referenced.modificationTime
        } else if let text = call.value(date), text.hasPrefix("@"), let number = Int(text.dropFirst()) {
            time = number
        }
        var tally = Tally()
        for text in call.operands {
            do throws(FileError) {
                try touch(text, time, &call)
            } catch {
                if error == .missing, call.has(makesNone) { continue }
                call.warn(call.isBusybox ? "\(text): \(error.message)" : "cannot touch '\(text)': \(error.message)")
                tally.fail(error.reason(text))
            }
        }
        return tally.outcome
    }

    private static func touch(_ text: String, _ time: Int, _ call: inout Invocation) throws(FileError) {
        let (path, node) = try call.world.resolve(text, followLast: !call.has(noFollow))
        if let node {
            guard call.world.isAllowed(2, node) || node.uid == call.world.user.uid else { throw FileError.denied }
        } else {
            if call.has(makesNone) { return }
            guard text.utf8.last != 0x2F else { throw FileError.missing }
            try call.world.make(.file(.bytes([])), mode: 0o666 & ~call.world.umask, at: path)
        }
        call.world.tree.update(at: path) { $0.modificationTime = time }
    }
}
