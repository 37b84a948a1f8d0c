// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, cp; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `cp`: copies files and folders.
enum Cp: CommandModel {
    static let names = ["cp"]
    static let scope = Unknown.Scope.files
    static let bringsItsOperands = true
    static let archive = CommandOption.flag("a", "archive")
    static let linksStay = CommandOption.flag("d")
    static let force = CommandOption.flag("f", "force")
    static let interactive = CommandOption.flag("i", "interactive")
    static let followNamed = CommandOption.flag("H")
    static let followAll = CommandOption.flag("L", "dereference")
    static let followNone = CommandOption.flag("P", "no-dereference")
    static let hardLinks = CommandOption.flag("l", "link")
    static let symbolicLinks = CommandOption.flag("s", "symbolic-link")
    static let noClobber = CommandOption.flag("n", "no-clobber")
    static let keepsUsual = CommandOption.flag("p")
    static let preserve = CommandOption.optionalValue("preserve")
    static let noPreserve = CommandOption.value("no-preserve")
    static let parents = CommandOption.flag("parents")
    static let recursive = CommandOption.flag("R", "r", "recursive")
    static let removesDestination = CommandOption.flag("remove-destination")
    static let verbose = CommandOption.flag("v", "verbose")
    static let options: OptionTable? = OptionTable([
        archive, .flag("attributes-only").unfollowed, .optionalValue("b", "backup").unfollowed, linksStay, force,
        interactive, followNamed,
        hardLinks, followAll, noClobber, followNone, keepsUsual, preserve, noPreserve, parents, recursive,
        .optionalValue("reflink"), removesDestination, .value("sparse"), symbolicLinks,
        .value("S", "suffix").unfollowed,
        .flag("strip-trailing-slashes"), CopyTargets.targetFolder, CopyTargets.noTargetFolder,
        .optionalValue("u", "update").unfollowed, verbose, .flag("x", "one-file-system"), .flag("Z"), .flag("c"),
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        if call.has(parents), let folder = call.value(CopyTargets.targetFolder) ?? call.operands.last,
            !call.world.isFolder(folder)
        {
            return call.fail("with --parents, the destination must be a directory")
        }
        guard let targets = CopyTargets(&call) else { return .code(1) }
        var keepsExisting = false
        if call.has(interactive), !call.has(force) {
            guard call.nobodyAnswers() else { return call.unknown("what cp is answered is not followed", .files) }
            keepsExisting = true
        }
        let options = copyOptions(call)
        var tally = Tally()
        for (source, target) in targets.pairs {
            tally.add(copy(source, target, options, keepsExisting: keepsExisting, &call))
        }
        return tally.outcome
    }

    private static func copyOptions(_ call: Invocation) -> FileCopy.Options {
        var result = FileCopy.Options()
        result.isRecursive = call.has(recursive) || call.has(archive)
        let kept = call.has(preserve) ? call.value(preserve) ?? "mode,ownership,timestamps" : ""
        let keepsAll = call.has(archive) || kept.contains("all")
        result.keepsMode = keepsAll || call.has(keepsUsual) || kept.contains("mode")
        result.keepsOwner = keepsAll || call.has(keepsUsual) || kept.contains("owner")
        result.keepsTimes = keepsAll || call.has(keepsUsual) || kept.contains("time")
        if let removed = call.value(noPreserve) {
            if removed.contains("mode") || removed.contains("all") {
                result.keepsMode = false
                result.ignoresMode = true
            }
            if removed.contains("owner") { result.keepsOwner = false }
            if removed.contains("time") { result.keepsTimes = false }
        }
        result.followsAll = call.has(followAll)
        result.followsNamed =
            call.has(followAll) || call.has(followNamed)
            || !(result.isRecursive || call.has(followNone) || call.has(linksStay))
        result.isForced = call.has(force) || call.has(removesDestination)
        result.noClobber = call.has(noClobber)
        result.linksInstead = call.has(hardLinks)
        result.symbolicLinksInstead = call.has(symbolicLinks)
        return result
    }

    private static func copy(
        _ source: String,
        _ target: String,
        _ options: FileCopy.Options,
        keepsExisting: Bool,
        _ call: inout Invocation
    ) -> Tally {
        var tally = Tally()
        do throws(FileError) {
            let (path, found) = try call.world.resolve(source, followLast: options.followsNamed)
            guard let node = found else { throw FileError.missing }
            if node.isDirectory, !options.isRecursive {
                call.warn(
                    call.isBusybox
                        ? "omitting directory '\(source)'" : "-r not specified; omitting directory '\(source)'"
                )
                tally.fail()
                return tally
            }
            let destination = destination(of: source, target, options, &call)
            guard let place = place(destination, for: node, &tally, &call) else { return tally }
            if place == path || call.world.writablePlace(place) == call.world.writablePlace(path) {
                call.warn("'\(source)' and '\(destination)' are the same file")
                tally.fail()
                return tally
            }
            if node.isDirectory, place.isInside(path) {
                tally.add(copyIntoItself(from: path, node, to: place, options, &call))
                call.warn("cannot copy a directory, '\(source)', into itself, '\(destination)'")
                tally.fail()
                return tally
            }
            if !node.isDirectory, call.world.tree.node(at: place) != nil {
                if keepsExisting { return tally }
                if call.has(removesDestination) { call.world.take(place) }
            }
            tally.add(carryOut(FileCopy(options), from: path, node, to: place, &call))
            if call.has(verbose) { call.out("'\(source)' -> '\(destination)'\n") }
        } catch {
            call.warn("\(call.isBusybox ? "can't" : "cannot") stat '\(source)': \(error.message)")
            tally.fail(error.reason(source))
        }
        return tally
    }

    /// The target as it is named; `--parents` makes the source's folders below the last operand.
    private static func destination(
        of source: String,
        _ target: String,
        _ options: FileCopy.Options,
        _ call: inout Invocation
    ) -> String {
        guard call.has(parents), let folder = call.value(CopyTargets.targetFolder) ?? call.operands.last else {
            return target
        }
        var made = folder
        var seen = source.hasPrefix("/") ? "/" : ""
        for name in source.split(separator: "/").dropLast() where name != "." {
            made += "/" + name
            seen += name + "/"
            makeParent(made, like: (try? call.world.node(seen)) ?? nil, options, &call)
        }
        return folder + "/" + source
    }

    /// A folder that `--parents` makes has the mode of the source's, and its owner where owners are kept.
    private static func makeParent(
        _ folder: String,
        like node: FileNode?,
        _ options: FileCopy.Options,
        _ call: inout Invocation
    ) {
        guard let place = try? call.world.resolve(folder), place.node == nil else { return }
        let mode = node?.mode ?? 0o755
        try? call.world.make(
            .directory,
            mode: options.keepsMode ? mode : mode & 0o1777 & ~call.world.umask,
            at: place.path
        )
        guard let node, options.keepsOwner, call.world.isRoot else { return }
        call.world.tree.update(at: place.path) {
            $0.uid = node.uid
            $0.gid = node.gid
        }
    }

    /// Where the target stands; nil after a message.
    private static func place(
        _ destination: String,
        for node: FileNode,
        _ tally: inout Tally,
        _ call: inout Invocation
    ) -> ImagePath? {
        do throws(FileError) {
            let (real, existing) = try call.world.resolve(destination, followLast: node.isDirectory)
            if existing == nil, destination.utf8.last == 0x2F, !node.isDirectory {
                call.warn("cannot create regular file '\(destination)': Not a directory")
                tally.fail()
                return nil
            }
            return real
        } catch {
            let kind = node.isDirectory ? "directory" : "regular file"
            call.warn(
                call.isBusybox
                    ? "can't create '\(destination)': \(error.message)"
                    : "cannot create \(kind) '\(destination)': \(error.message)"
            )
            tally.fail(error.reason(destination))
            return nil
        }
    }

    /// GNU's cp notices only when it comes to the folder that it has made.
    private static func copyIntoItself(
        from path: ImagePath,
        _ node: FileNode,
        to place: ImagePath,
        _ options: FileCopy.Options,
        _ call: inout Invocation
    ) -> Tally {
        guard !call.isBusybox, call.world.tree.node(at: place) == nil else { return Tally() }
        var inner = options
        inner.skipped = place
        return carryOut(FileCopy(inner), from: path, node, to: place, &call)
    }

    private static func carryOut(
        _ copy: FileCopy,
        from path: ImagePath,
        _ node: FileNode,
        to place: ImagePath,
        _ call: inout Invocation
    ) -> Tally {
        var copy = copy
        var tally = Tally()
        copy.copy(from: path, node, to: place, in: &call.world)
        for problem in copy.problems {
            call.warn(problem.text)
            tally.fail(problem.reason)
        }
        return tally
    }
}
