// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, mv; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `mv`: gives files and folders another place.
enum Mv: CommandModel {
    static let names = ["mv"]
    static let scope = Unknown.Scope.files
    static let bringsItsOperands = true
    static let force = CommandOption.flag("f", "force")
    static let interactive = CommandOption.flag("i", "interactive")
    static let noClobber = CommandOption.flag("n", "no-clobber")
    static let verbose = CommandOption.flag("v", "verbose")
    static let options: OptionTable? = OptionTable([
        .optionalValue("b", "backup").unfollowed, force, interactive, noClobber, .value("S", "suffix").unfollowed,
        .flag("strip-trailing-slashes"), CopyTargets.targetFolder, CopyTargets.noTargetFolder,
        .optionalValue("u", "update").unfollowed, verbose, .flag("Z"),
    ])

    /// What became of one operand.
    private enum Result {
        case moved
        case skipped
        /// It was said why not.
        case refused(CommandFailure?)
        case unanswered
    }

    static func run(_ call: inout Invocation) -> Outcome {
        guard let targets = CopyTargets(&call) else { return .code(1) }
        var tally = Tally()
        for (source, target) in targets.pairs {
            do throws(FileError) {
                switch try move(source, target, &call) {
                case .moved: if call.has(verbose) { call.out("renamed '\(source)' -> '\(target)'\n") }
                case .skipped: continue
                case .refused(let reason): tally.fail(reason)
                case .unanswered: return call.unknown("what mv is answered is not followed", .files)
                }
            } catch {
                let start = call.isBusybox ? "can't rename" : "cannot stat"
                call.warn("\(start) '\(source)': \(error.message)")
                tally.fail(error.reason(source))
            }
        }
        return tally.outcome
    }

    private static func move(
        _ source: String,
        _ target: String,
        _ call: inout Invocation
    ) throws(FileError) -> Result {
        var sourceText = source
        while sourceText.utf8.count > 1, sourceText.hasSuffix("/") { sourceText.removeLast() }
        let (path, found) = try call.world.resolve(sourceText, followLast: false)
        guard let node = found else { throw FileError.missing }
        do throws(FileError) {
            let (place, existing) = try call.world.resolve(target, followLast: false)
            if existing == nil, target.utf8.last == 0x2F, !node.isDirectory { throw .notFolder }
            if place == path { return refuse("'\(source)' and '\(target)' are the same file", &call) }
            if node.isDirectory, place.isInside(path) {
                return refuse("cannot move '\(source)' to a subdirectory of itself, '\(target)'", &call)
            }
            if let existing, let result = try meet(existing, at: place, node, source, target, &call) { return result }
            try call.world.checkRemovable(path, node)
            if let existing {
                try call.world.checkRemovable(place, existing)
            } else {
                try call.world.checkWritable(folder: place.parent)
            }
            call.world.moveTree(from: path, to: place)
            return .moved
        } catch {
            return refuse(
                "cannot move '\(source)' to '\(target)': \(error.message)",
                reason: error.reason(target),
                &call
            )
        }
    }

    /// What stands at the target already: nil where it is replaced.
    private static func meet(
        _ existing: FileNode,
        at place: ImagePath,
        _ node: FileNode,
        _ source: String,
        _ target: String,
        _ call: inout Invocation
    ) throws(FileError) -> Result? {
        if call.has(noClobber) { return .skipped }
        if call.has(interactive), !call.has(force) { return call.nobodyAnswers() ? .skipped : .unanswered }
        if node.isDirectory, !existing.isDirectory {
            return refuse("cannot overwrite non-directory '\(target)' with directory '\(source)'", &call)
        }
        if !node.isDirectory, existing.isDirectory {
            return refuse("cannot overwrite directory '\(target)' with non-directory '\(source)'", &call)
        }
        if existing.isDirectory, call.world.tree.entries(of: place)?.isEmpty == false { throw .notEmpty }
        return nil
    }

    private static func refuse(
        _ message: String,
        reason: CommandFailure? = nil,
        _ call: inout Invocation
    ) -> Result {
        call.warn(message)
        return .refused(reason)
    }
}
