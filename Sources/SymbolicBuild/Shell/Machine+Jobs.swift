// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, wait, kill, umask.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    /// The number of a job, as `$!` has it, is this and its place on the record, from 1.
    static let firstJob = 100_000

    /// `wait`: everything has run already; what is left is how it ended.
    func waitForJobs(_ arguments: [Text]) {
        for descriptor in world.process.descriptors.keys { world.update(descriptor: descriptor) { $0.isRaced = false } }
        for argument in arguments {
            guard let number = Int(argument.string) else {
                status = argument.string.hasPrefix("%") ? .unknown : .code(dialect == .bash ? 1 : 2)
                continue
            }
            let place = number - Self.firstJob - 1
            if argument.isUnknown, state.record.jobExits.indices.contains(place) {
                status = state.record.jobExits[place]
            } else {
                status = argument.isUnknown ? .unknown : .code(127)
            }
        }
    }

    /// `kill`: a signal to the shell itself runs its trap; everything else is not followed.
    func sendSignal(_ words: [String], _ arguments: [Text]) -> Flow {
        var words = words[...]
        var signal = "TERM"
        if let first = words.first, first.hasPrefix("-"), first != "--" {
            words = words.dropFirst()
            var named = String(first.dropFirst())
            if named == "s" || named == "n" { named = words.popFirst() ?? "" }
            guard named != "l", named != "L", let name = Signals.name(named, .bash) else {
                status = unknownCommand("what kill \(first) does is not followed", .output)
                return .normal
            }
            signal = name
        }
        if words.first == "--" { words = words.dropFirst() }
        guard words.count == 1, words.first == "1" || words.first == "0", !arguments.contains(where: \.isUnknown) else {
            status = unknownCommand("what a signal does to a process is not followed", .output)
            return .normal
        }
        if signal == "EXIT" { return .normal }
        guard let body = shell.traps[signal] else {
            status = unknownCommand("what a signal does to the shell is not followed", .output)
            return .normal
        }
        guard !body.isEmpty else { return .normal }
        var flow = Flow.normal
        frozen { flow = self.runSource(body) }
        if flow == .normal { status = .code(0) }
        return flow
    }

    /// `umask`, with a mode in octal digits or in letters.
    func changeMask(_ words: [String]) {
        var words = words
        var isSymbolic = false
        while let first = words.first, first == "-S" || first == "-p" || first == "--" {
            if first == "-S" { isSymbolic = true }
            words.removeFirst()
        }
        guard let text = words.first else {
            let mask = world.umask
            if isSymbolic {
                func letters(_ shift: UInt16) -> String {
                    let bits = ~mask >> shift
                    return (bits & 4 != 0 ? "r" : "") + (bits & 2 != 0 ? "w" : "") + (bits & 1 != 0 ? "x" : "")
                }
                write(Array("u=\(letters(6)),g=\(letters(3)),o=\(letters(0))\n".utf8), to: 1)
                return
            }
            let digits = String(mask, radix: 8)
            write(Array((String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "\n").utf8), to: 1)
            return
        }
        if let first = text.utf8.first, ShellParser.isDigit(first) {
            guard let value = UInt16(text, radix: 8), value <= 0o7777 else {
                shellError(
                    dialect == .bash ? "umask: \(text): octal number out of range" : "umask: Illegal number: \(text)"
                )
                status = .code(dialect == .bash ? 1 : 2)
                return
            }
            world.umask = value & 0o777
            return
        }
        // A minus at the start is taken for an option.
        guard !text.hasPrefix("-"), let change = ModeChange(text, umask: 0),
            !text.contains("s"), !text.contains("t")
        else {
            shellError(
                dialect == .bash ? "umask: `\(text)': invalid symbolic mode operator" : "umask: Illegal mode: \(text)"
            )
            status = .code(dialect == .bash ? 1 : 2)
            return
        }
        world.umask = ~change.applied(to: ~world.umask & 0o777, isDirectory: false) & 0o777
    }
}
