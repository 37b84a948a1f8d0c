// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017 and GNU coreutils 9.1: cp, mv, install.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Copying and moving.
enum CopyCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "cp": LegacyModel(.files, cp),
        "mv": LegacyModel(.files, mv),
        "install": LegacyModel(.files, install),
    ]

    /// Whether a path is a folder, links followed.
    private static func isFolder(_ execution: Execution, _ text: String) -> Bool {
        ((try? execution.world.node(text)) ?? nil)?.isDirectory == true
    }

    /// The targets of a command line: sources and, for each, the exact place. Nil after a message.
    private static func plan(
        _ context: CommandContext,
        _ options: CommandOptions,
        verb: String
    ) -> [(source: String, target: String)]? {
        var operands = options.operands
        let execution = context.execution
        func last(_ text: String) -> String { text.split(separator: "/").last.map(String.init) ?? "" }
        if let folder = options.value("t") {
            guard isFolder(execution, folder) else {
                context.warn("target directory '\(folder)': No such file or directory")
                return nil
            }
            return operands.map { ($0, folder + "/" + last($0)) }
        }
        guard let target = operands.popLast() else {
            if context.isBusybox {
                _ = FolderCommands.missingOperand(context)
            } else {
                context.err(
                    "\(context.name): missing file operand\nTry '\(context.name) --help' for more information.\n"
                )
            }
            return nil
        }
        guard !operands.isEmpty else {
            if context.isBusybox {
                _ = FolderCommands.missingOperand(context)
            } else {
                context.err(
                    "\(context.name): missing destination file operand after '\(target)'\nTry '\(context.name) --help' for more "
                        + "information.\n"
                )
            }
            return nil
        }
        if !options.has("T"), isFolder(execution, target) {
            return operands.map { source in
                let name = last(source)
                return (
                    source,
                    name.isEmpty || name == "." || name == ".."
                        ? target : target + (target.hasSuffix("/") ? "" : "/") + name
                )
            }
        }
        guard operands.count == 1 else {
            context.warn(
                context.isBusybox ? "'\(target)' is not a directory" : "target '\(target)': No such file or directory"
            )
            return nil
        }
        return [(operands[0], target)]
    }

    private static func cp(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "a,archive attributes-only b,backup=? d f,force i,interactive H l,link L,dereference n,no-clobber P,no-dereference "
                    + "p preserve=? no-preserve= parents R,r,recursive reflink=? remove-destination sparse= s,symbolic-link S,suffix= "
                    + "strip-trailing-slashes t,target-directory= T,no-target-directory u,update=? v,verbose x,one-file-system Z c"
            )
        else { return .code(1) }
        let execution = context.execution
        var copy = FileWork.CopyOptions()
        copy.isRecursive = options.has("R") || options.has("a")
        let kept = options.has("preserve") ? options.value("preserve") ?? "mode,ownership,timestamps" : ""
        let keepsAll = options.has("a") || kept.contains("all")
        copy.keepsMode = keepsAll || options.has("p") || kept.contains("mode")
        copy.keepsOwner = keepsAll || options.has("p") || kept.contains("owner")
        copy.keepsTimes = keepsAll || options.has("p") || kept.contains("time")
        if let removed = options.value("no-preserve") {
            if removed.contains("mode") || removed.contains("all") {
                copy.keepsMode = false
                copy.ignoresMode = true
            }
            if removed.contains("owner") { copy.keepsOwner = false }
            if removed.contains("time") { copy.keepsTimes = false }
        }
        copy.followsAll = options.has("L")
        copy.followsNamed =
            options.has("L") || options.has("H") || !(copy.isRecursive || options.has("P") || options.has("d"))
        copy.isForced = options.has("f") || options.has("remove-destination")
        copy.noClobber = options.has("n")
        copy.linksInstead = options.has("l")
        copy.symbolicLinksInstead = options.has("s")
        if options.has("parents"), let folder = options.value("t") ?? options.operands.last,
            !isFolder(execution, folder)
        {
            return context.fail("with --parents, the destination must be a directory")
        }
        guard let pairs = plan(context, options, verb: "cp") else { return .code(1) }
        let keepsExisting = options.has("i") && !options.has("f") && nobodyAnswers(context)
        if options.has("i"), !keepsExisting, !options.has("f") {
            return context.unknown("what cp is answered is not followed", .files)
        }
        var exit = 0
        func report(_ text: String) {
            context.warn(text)
            exit = 1
        }
        for (source, target) in pairs {
            do throws(FileError) {
                let (path, node) = try execution.world.resolve(source, followLast: copy.followsNamed)
                guard let node else { throw FileError.missing }
                if node.isDirectory, !copy.isRecursive {
                    report(
                        context.isBusybox
                            ? "omitting directory '\(source)'" : "-r not specified; omitting directory '\(source)'"
                    )
                    continue
                }
                var destination = target
                if options.has("parents"), let folder = options.operands.last {
                    destination = folder + "/" + source
                    let parents = ImagePath(destination, relativeTo: execution.world.workingDirectory).parent
                    if execution.world.tree.resolvedNode(at: parents) == nil {
                        execution.world.put(
                            FileNode(kind: .directory, mode: 0o755, modificationTime: context.now),
                            at: parents
                        )
                    }
                }
                let place: ImagePath
                do throws(FileError) {
                    let (real, existing) = try execution.world.resolve(destination, followLast: node.isDirectory)
                    if existing == nil, destination.utf8.last == 0x2F, !node.isDirectory {
                        report("cannot create regular file '\(destination)': Not a directory")
                        continue
                    }
                    place = real
                } catch {
                    report(
                        context.isBusybox
                            ? "can't create '\(destination)': \(error.message)"
                            : "cannot create \(node.isDirectory ? "directory" : "regular file") '\(destination)': \(error.message)"
                    )
                    continue
                }
                if place == path || execution.world.writablePlace(place) == execution.world.writablePlace(path) {
                    report("'\(source)' and '\(destination)' are the same file")
                    continue
                }
                if node.isDirectory, place.isInside(path) {
                    // GNU's cp notices only when it comes to the folder that it has made.
                    if !context.isBusybox, execution.world.tree.node(at: place) == nil {
                        var inner = copy
                        inner.skipped = place
                        FileWork.copy(execution, from: path, node, to: place, inner, report: report)
                    }
                    report("cannot copy a directory, '\(source)', into itself, '\(destination)'")
                    continue
                }
                if keepsExisting, execution.world.tree.node(at: place) != nil, !node.isDirectory { continue }
                if options.has("remove-destination"), execution.world.tree.node(at: place) != nil, !node.isDirectory {
                    execution.world.take(place)
                }
                FileWork.copy(execution, from: path, node, to: place, copy, report: report)
                if options.has("v") { context.out("'\(source)' -> '\(destination)'\n") }
            } catch {
                report(
                    context.isBusybox
                        ? "can't stat '\(source)': \(error.message)" : "cannot stat '\(source)': \(error.message)"
                )
            }
        }
        return .code(exit)
    }

    /// Whether standard input has no answer to a question.
    private static func nobodyAnswers(_ context: CommandContext) -> Bool {
        let answers = context.readInput()
        return !answers.isUnknown && answers.bytes.isEmpty
    }

    private static func mv(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "b,backup=? f,force i,interactive n,no-clobber S,suffix= strip-trailing-slashes t,target-directory= "
                    + "T,no-target-directory u,update=? v,verbose Z"
            )
        else { return .code(1) }
        guard let pairs = plan(context, options, verb: "mv") else { return .code(1) }
        let execution = context.execution
        var exit = 0
        func report(_ text: String) {
            context.warn(text)
            exit = 1
        }
        for (source, target) in pairs {
            do throws(FileError) {
                var sourceText = source
                while sourceText.utf8.count > 1, sourceText.hasSuffix("/") { sourceText.removeLast() }
                let (path, node) = try execution.world.resolve(sourceText, followLast: false)
                guard let node else { throw FileError.missing }
                let place: ImagePath
                let existing: FileNode?
                do throws(FileError) {
                    (place, existing) = try execution.world.resolve(target, followLast: false)
                } catch {
                    report("cannot move '\(source)' to '\(target)': \(error.message)")
                    continue
                }
                if existing == nil, target.utf8.last == 0x2F, !node.isDirectory {
                    report("cannot move '\(source)' to '\(target)': Not a directory")
                    continue
                }
                if place == path {
                    report("'\(source)' and '\(target)' are the same file")
                    continue
                }
                if node.isDirectory, place.isInside(path) {
                    report("cannot move '\(source)' to a subdirectory of itself, '\(target)'")
                    continue
                }
                if let existing {
                    if options.has("n") { continue }
                    if options.has("i"), !options.has("f") {
                        guard nobodyAnswers(context) else {
                            return context.unknown("what mv is answered is not followed", .files)
                        }
                        continue
                    }
                    if node.isDirectory, !existing.isDirectory {
                        report("cannot overwrite non-directory '\(target)' with directory '\(source)'")
                        continue
                    }
                    if !node.isDirectory, existing.isDirectory {
                        report("cannot overwrite directory '\(target)' with non-directory '\(source)'")
                        continue
                    }
                    if existing.isDirectory, execution.world.tree.entries(of: place)?.isEmpty == false {
                        report("cannot move '\(source)' to '\(target)': Directory not empty")
                        continue
                    }
                }
                do throws(FileError) {
                    try execution.world.checkRemovable(path, node)
                    if let existing {
                        try execution.world.checkRemovable(place, existing)
                    } else {
                        try execution.world.checkWritable(folder: place.parent)
                    }
                } catch {
                    report("cannot move '\(source)' to '\(target)': \(error.message)")
                    continue
                }
                FileWork.move(execution, from: path, to: place)
                if options.has("v") { context.out("renamed '\(source)' -> '\(target)'\n") }
            } catch {
                report(
                    context.isBusybox
                        ? "can't rename '\(source)': \(error.message)" : "cannot stat '\(source)': \(error.message)"
                )
            }
        }
        return .code(exit)
    }

    private static func install(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "b,backup=? c C,compare d,directory D g,group= m,mode= o,owner= p,preserve-timestamps s,strip S,suffix= "
                    + "t,target-directory= T,no-target-directory v,verbose strip-program= preserve-context Z"
            )
        else { return .code(1) }
        let execution = context.execution
        let files = AccountFiles(execution.world.tree)
        guard let change = ModeChange(options.value("m") ?? "755", umask: 0) else {
            return context.fail("invalid mode '\(options.value("m") ?? "")'")
        }
        var uid: UInt32?
        var gid: UInt32?
        if let text = options.value("o") {
            uid = OwnerCommands.owner(text, files, isGroup: false).uid
            if uid == nil { return context.fail("invalid user '\(text)'") }
        }
        if let text = options.value("g") {
            gid = OwnerCommands.owner(text, files, isGroup: true).gid
            if gid == nil { return context.fail("invalid group '\(text)'") }
        }
        func finish(_ path: ImagePath, isDirectory: Bool) {
            execution.world.tree.update(at: path) {
                $0.mode = change.applied(to: 0, isDirectory: isDirectory)
                if let uid { $0.uid = uid }
                if let gid { $0.gid = gid }
            }
        }
        if (uid != nil || gid != nil), !context.isRoot {
            return context.fail("cannot change ownership of '\(options.operands.last ?? "")': Operation not permitted")
        }
        var exit = 0
        func folders(_ path: ImagePath, _ shown: String) -> Bool {
            var current = ImagePath.root
            for name in path.components {
                current = current.appending(name)
                guard let (real, node) = try? execution.world.resolve(current) else { return false }
                if let node {
                    guard node.isDirectory else {
                        context.warn("cannot create directory '\(shown)': File exists")
                        return false
                    }
                    current = real
                    continue
                }
                do throws(FileError) {
                    try execution.world.make(.directory, mode: 0o755, at: real)
                } catch {
                    context.warn("cannot create directory '\(shown)': \(error.message)")
                    return false
                }
                current = real
            }
            return true
        }
        if options.has("d") {
            guard !options.operands.isEmpty else { return FolderCommands.missingOperand(context) }
            for text in options.operands {
                let path = execution.world.path(text)
                guard folders(path, text) else {
                    exit = 1
                    continue
                }
                finish(execution.world.tree.resolve(path)?.path ?? path, isDirectory: true)
            }
            return .code(exit)
        }
        if options.has("D"), let target = options.value("t") ?? options.operands.last {
            let path = execution.world.path(target)
            let folder = options.value("t") != nil ? path : path.parent
            guard folders(folder, folder.description) else { return .code(1) }
        }
        guard let pairs = plan(context, options, verb: "install") else { return .code(1) }
        for (source, target) in pairs {
            do throws(FileError) {
                let (path, node) = try execution.world.resolve(source)
                guard let node else { throw FileError.missing }
                guard !node.isDirectory else {
                    context.warn("omitting directory '\(source)'")
                    exit = 1
                    continue
                }
                let (place, existing) = try execution.world.resolve(target, followLast: false)
                if existing != nil { execution.world.take(place) }
                var failed = false
                FileWork.copy(execution, from: path, node, to: place, FileWork.CopyOptions()) { text in
                    context.warn(text)
                    failed = true
                }
                if failed {
                    exit = 1
                } else {
                    finish(place, isDirectory: false)
                    if options.has("v") {
                        context.out((existing == nil ? "" : "removed '\(target)'\n") + "'\(source)' -> '\(target)'\n")
                    }
                }
            } catch {
                context.warn("cannot stat '\(source)': \(error.message)")
                exit = 1
            }
        }
        return .code(exit)
    }
}
