// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, chmod; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `chmod`: changes permission bits.
enum Chmod: CommandModel {
    static let names = ["chmod"]
    static let scope = Unknown.Scope.files
    static let leadingOperands = 1
    static let changes = CommandOption.flag("c", "changes")
    static let silent = CommandOption.flag("f", "silent", "quiet")
    static let verbose = CommandOption.flag("v", "verbose")
    static let recursive = CommandOption.flag("R", "recursive")
    static let reference = CommandOption.value("reference", is: .path)
    /// `-x`, `-rw`, `-022` and their kin are modes, not options.
    static let removedBits = "rwxXstugo01234567,+=".map { CommandOption.optionalValue(String($0), is: .mode) }
    static let options: OptionTable? = OptionTable(
        [
            changes, silent, verbose, recursive, .flag("preserve-root"), .flag("no-preserve-root"), reference,
        ] + removedBits
    )

    static func run(_ call: inout Invocation) -> Outcome {
        var operands = call.operands
        var mode = modeWithDash(call)
        do throws(Ending) {
            if let node = try call.referenceFile(reference) { mode = String(node.mode, radix: 8) }
        } catch {
            return error.outcome
        }
        if mode == nil {
            guard !operands.isEmpty else { return call.missingOperand() }
            mode = operands.removeFirst()
        }
        guard let text = mode, let change = ModeChange(text, umask: call.world.umask) else {
            return call.fail("invalid mode: '\(mode ?? "")'\nTry 'chmod --help' for more information.")
        }
        guard !operands.isEmpty else {
            return call.fail("missing operand after '\(text)'\nTry 'chmod --help' for more information.")
        }
        var tally = Tally()
        for operand in operands {
            do throws(FileError) {
                tally.add(try apply(change, operand, &call))
            } catch {
                tally.fail(operand, error, isSaid: !call.has(silent), &call)
            }
        }
        return tally.outcome
    }

    /// The mode where it was written as an option; nil where it is the first operand.
    private static func modeWithDash(_ call: Invocation) -> String? {
        let parts = call.options.given.compactMap { given in
            removedBits.contains(given.option) ? "-\(given.option.spellings[0])\(given.value ?? "")" : nil
        }
        return parts.isEmpty ? nil : parts.joined(separator: ",")
    }

    private static func apply(
        _ change: ModeChange,
        _ operand: String,
        _ call: inout Invocation
    ) throws(FileError) -> Tally {
        let (path, found) = try call.world.resolve(operand)
        guard found != nil else { throw FileError.missing }
        var places = [path]
        if call.has(recursive) {
            places = call.world.tree.everything(from: path).compactMap { entry in
                if case .symlink = entry.node.kind { return nil }
                return entry.path
            }
        }
        call.world.charge(places.count / 16)
        var tally = Tally()
        for place in places {
            let real = call.world.writablePlace(place)
            guard let node = call.world.tree.node(at: real) else { continue }
            guard call.world.isRoot || node.uid == call.world.user.uid else {
                let shown = place == path ? operand : place.description
                call.warn(
                    call.isBusybox
                        ? "\(shown): Operation not permitted"
                        : "changing permissions of '\(shown)': Operation not permitted"
                )
                tally.fail(.notPermitted(shown))
                continue
            }
            let new = change.applied(to: node.mode, isDirectory: node.isDirectory)
            if call.has(changes) || call.has(verbose) {
                let shown = ([operand] + place.parts(below: path)).joined(separator: "/")
                show(shown, node.mode, new, &call)
            }
            call.world.tree.update(at: real) {
                $0.mode = new
                $0.layerIndex = nil
            }
        }
        return tally
    }

    private static func show(_ shown: String, _ old: UInt16, _ new: UInt16, _ call: inout Invocation) {
        if new != old {
            call.out("mode of '\(shown)' changed from \(described(old)) to \(described(new))\n")
        } else if call.has(verbose) {
            call.out("mode of '\(shown)' retained as \(described(new))\n")
        }
    }

    /// `0644 (rw-r--r--)`
    private static func described(_ mode: UInt16) -> String {
        let digits = String(mode & 0o7777, radix: 8)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
        return "\(zeros)\(digits) (\(FileNode.permissions(mode)))"
    }
}
