// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, rm; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `rm`: takes files and, where asked, folders away.
enum Rm: CommandModel {
    static let names = ["rm"]
    static let scope = Unknown.Scope.files
    static let force = CommandOption.flag("f", "force")
    static let asksEach = CommandOption.flag("i")
    static let asks = CommandOption.optionalValue("I", "interactive")
    static let recursive = CommandOption.flag("r", "R", "recursive")
    static let emptyFolders = CommandOption.flag("d", "dir")
    static let verbose = CommandOption.flag("v", "verbose")
    static let takesRoot = CommandOption.flag("no-preserve-root")
    static let options: OptionTable? = OptionTable([
        force, asksEach, asks, recursive, emptyFolders, verbose, .flag("one-file-system"), takesRoot,
        .optionalValue("preserve-root"),
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.has(force) ? .success : call.missingOperand() }
        if !call.has(force), wantsToAsk(call) { return keepUnanswered(&call) }
        var tally = Tally()
        for text in call.operands {
            do throws(FileError) {
                tally.add(try remove(text, &call))
            } catch {
                if call.has(force), error == .missing || error == .notFolder {
                    call.world.forgetMisses()
                    continue
                }
                call.warn(message(text, error, isBusybox: call.isBusybox))
                tally.fail(error.reason(text))
            }
        }
        return tally.outcome
    }

    private static func message(_ text: String, _ error: FileError, isBusybox: Bool) -> String {
        guard isBusybox else { return "cannot remove '\(text)': \(error.message)" }
        return error == .isFolder ? "'\(text)' is a directory" : "can't remove '\(text)': \(error.message)"
    }

    /// Nobody answers in a build: what it would ask about stays.
    private static func keepUnanswered(_ call: inout Invocation) -> Outcome {
        guard call.nobodyAnswers() else { return call.unknown("what rm is answered is not followed", .files) }
        var tally = Tally()
        for text in call.operands where ((try? call.world.node(text, followLast: false)) ?? nil) == nil {
            call.warn("cannot remove '\(text)': No such file or directory")
            tally.fail(.fileMissing(text))
        }
        return tally.outcome
    }

    private static func wantsToAsk(_ call: Invocation) -> Bool {
        if call.has(asksEach) { return true }
        guard call.has(asks) else { return false }
        switch call.value(asks) {
        case "always": return true
        case "never", "no", "none": return false
        default: return call.has(recursive) || call.operands.count > 3
        }
    }

    /// Takes one operand away; what it has said itself stands in the answer.
    private static func remove(_ text: String, _ call: inout Invocation) throws(FileError) -> Tally {
        var tally = Tally()
        let last = text.split(separator: "/").last
        if last == "." || last == ".." {
            call.warn("refusing to remove '.' or '..' directory: skipping '\(text)'")
            tally.fail()
            return tally
        }
        let (path, node) = try call.world.resolve(text, followLast: false)
        guard let node else { throw FileError.missing }
        if path.isRoot, !call.has(takesRoot), !call.isBusybox {
            call.warn(
                "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe"
            )
            tally.fail()
            return tally
        }
        if node.isDirectory {
            try checkFolder(path, call)
            if !call.world.isRoot, let denied = firstDenied(call.world, path) {
                let shown = denied == path ? text : denied.description
                call.warn("cannot remove '\(shown)': Permission denied")
                tally.fail(.notPermitted(shown))
                return tally
            }
        }
        if case .symlink = node.kind, text.utf8.last == 0x2F {
            emptyBehindLink(path, &call)
            call.warn("cannot remove '\(text)': Not a directory")
            tally.fail()
            return tally
        }
        try call.world.checkRemovable(path, node)
        if call.has(verbose) { show(path, text, &call) }
        call.world.removeTree(path)
        return tally
    }

    private static func checkFolder(_ path: ImagePath, _ call: Invocation) throws(FileError) {
        if call.has(recursive) { return }
        guard call.has(emptyFolders) else { throw .isFolder }
        guard call.world.tree.entries(of: path)?.isEmpty == true else { throw .notEmpty }
    }

    /// A link with a slash behind it is the folder for the walk, and no folder for the removal at its end.
    private static func emptyBehindLink(_ path: ImagePath, _ call: inout Invocation) {
        guard call.has(recursive), let (real, folder) = call.world.tree.resolve(path), folder?.isDirectory == true
        else { return }
        for name in call.world.tree.entries(of: real) ?? [] { call.world.removeTree(real.appending(name)) }
    }

    private static func show(_ path: ImagePath, _ text: String, _ call: inout Invocation) {
        for (child, node) in call.world.tree.everythingUpwards(from: path) {
            let shown = ([text] + child.parts(below: path)).joined(separator: "/")
            call.out("removed \(node.isDirectory ? "directory " : "")'\(shown)'\n")
        }
    }

    /// The first thing in a folder that the user may not take away.
    private static func firstDenied(_ world: World, _ path: ImagePath) -> ImagePath? {
        var result: ImagePath?
        world.tree.walk(from: path) { child, node in
            guard result == nil else { return false }
            if node.isDirectory, let names = world.tree.entries(of: child), let first = names.first,
                !world.isAllowed(3, node)
            {
                result = child.appending(first)
            }
            return result == nil
        }
        return result
    }
}
