// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, ln; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `ln`: gives files other names, and makes symbolic links.
enum Ln: CommandModel {
    static let names = ["ln"]
    static let scope = Unknown.Scope.files
    static let bringsItsOperands = true
    static let force = CommandOption.flag("f", "force")
    static let logical = CommandOption.flag("L", "logical")
    static let noDereference = CommandOption.flag("n", "no-dereference")
    static let relative = CommandOption.flag("r", "relative")
    static let symbolic = CommandOption.flag("s", "symbolic")
    static let verbose = CommandOption.flag("v", "verbose")
    static let options: OptionTable? = OptionTable([
        .optionalValue("b", "backup").unfollowed, .flag("d", "F", "directory").unfollowed, force,
        .flag("i", "interactive").unfollowed, logical,
        noDereference, .flag("P", "physical"), relative, symbolic, .value("S", "suffix").unfollowed,
        CopyTargets.targetFolder,
        CopyTargets.noTargetFolder, verbose,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else {
            call.err("ln: missing file operand\nTry 'ln --help' for more information.\n")
            return .code(1)
        }
        guard let pairs = pairs(&call) else {
            return call.fail("target '\(call.operands.last ?? "")': No such file or directory")
        }
        let isSymbolic = call.has(symbolic)
        var tally = Tally()
        for (source, target) in pairs {
            do throws(FileError) {
                let result = try isSymbolic ? linkSymbolically(source, target, &call) : link(source, target, &call)
                if result.exit != 0 {
                    tally.add(result)
                } else if call.has(verbose) {
                    call.out("'\(target)' \(isSymbolic ? "->" : "=>") '\(source)'\n")
                }
            } catch {
                let kind = isSymbolic ? "symbolic" : "hard"
                call.warn(
                    call.isBusybox
                        ? "\(target): \(error.message)"
                        : "failed to create \(kind) link '\(target)': \(error.message)"
                )
                tally.fail(error.reason(target))
            }
        }
        return tally.outcome
    }

    /// What is linked, and the name that it gets; nil where several things go to what is no folder.
    private static func pairs(_ call: inout Invocation) -> [(source: String, target: String)]? {
        var operands = call.operands
        if let folder = call.value(CopyTargets.targetFolder) {
            return operands.map { ($0, folder + "/" + CopyTargets.last($0)) }
        }
        guard operands.count > 1, let target = operands.popLast() else {
            return operands.map { ($0, CopyTargets.last($0)) }
        }
        let isFolder: Bool
        if call.has(CopyTargets.noTargetFolder) {
            isFolder = false
        } else if call.has(noDereference) {
            isFolder = ((try? call.world.node(target, followLast: false)) ?? nil)?.isDirectory == true
        } else {
            isFolder = call.world.isFolder(target)
        }
        if isFolder {
            return operands.map { ($0, target + (target.hasSuffix("/") ? "" : "/") + CopyTargets.last($0)) }
        }
        return operands.count > 1 ? nil : [(operands[0], target)]
    }

    private static func linkSymbolically(
        _ source: String,
        _ target: String,
        _ call: inout Invocation
    ) throws(FileError) -> Tally {
        let (place, existing) = try call.world.resolve(target, followLast: false)
        var text = source
        if call.has(relative) {
            // Both ends are taken without links, as far as there is something.
            let path = call.world.path(source)
            text = (call.world.tree.resolve(path)?.path ?? path).relative(to: place.parent)
        }
        let cleared = try clear(place, existing, target, &call)
        guard cleared.exit == 0 else { return cleared }
        try call.world.make(.symlink(target: Array(text.utf8)), mode: 0o777, at: place)
        return Tally()
    }

    private static func link(
        _ source: String,
        _ target: String,
        _ call: inout Invocation
    ) throws(FileError) -> Tally {
        var tally = Tally()
        let (place, existing) = try call.world.resolve(target, followLast: false)
        let (path, node) = try call.world.resolve(source, followLast: call.has(logical))
        guard let node else {
            call.warn("failed to access '\(source)': No such file or directory")
            tally.fail(.fileMissing(source))
            return tally
        }
        guard !node.isDirectory else {
            call.warn("\(source): hard link not allowed for directory")
            tally.fail()
            return tally
        }
        if path == place || call.world.writablePlace(path) == call.world.writablePlace(place) {
            if existing != nil, !call.has(force) { throw FileError.exists }
            guard path == place else { return tally }
            call.warn("'\(source)' and '\(target)' are the same file")
            tally.fail()
            return tally
        }
        let link = call.world.hardLink(to: path)
        let cleared = try clear(place, existing, target, &call)
        guard cleared.exit == 0 else { return cleared }
        try call.world.checkWritable(folder: place.parent)
        call.world.put(link, at: place)
        call.world.hasHardLinks = true
        return tally
    }

    /// Takes away what stands where the link goes, with `-f`.
    private static func clear(
        _ place: ImagePath,
        _ existing: FileNode?,
        _ target: String,
        _ call: inout Invocation
    ) throws(FileError) -> Tally {
        var tally = Tally()
        guard let existing else { return tally }
        guard call.has(force) else { throw FileError.exists }
        guard !existing.isDirectory else {
            call.warn("\(target): cannot overwrite directory")
            tally.fail()
            return tally
        }
        try call.world.checkRemovable(place, existing)
        call.world.removeTree(place)
        return tally
    }
}
