// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, install.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `install`: copies files and makes folders, with mode and owner.
enum Install: CommandModel {
    static let names = ["install"]
    static let scope = Unknown.Scope.files
    static let bringsItsOperands = true
    static let folders = CommandOption.flag("d", "directory")
    static let makesFolders = CommandOption.flag("D")
    static let group = CommandOption.value("g", "group", is: .account)
    static let mode = CommandOption.value("m", "mode", is: .mode)
    static let owner = CommandOption.value("o", "owner", is: .account)
    static let verbose = CommandOption.flag("v", "verbose")
    static let options: OptionTable? = OptionTable([
        .optionalValue("b", "backup").unfollowed, .flag("c"), .flag("C", "compare"), folders, makesFolders, group, mode,
        owner,
        .flag("p", "preserve-timestamps"), .flag("s", "strip").unfollowed, .value("S", "suffix").unfollowed,
        CopyTargets.targetFolder,
        CopyTargets.noTargetFolder, verbose, .value("strip-program"), .flag("preserve-context"), .flag("Z"),
    ])

    /// What a file or folder gets at its end.
    private struct Finish {
        let change: ModeChange
        let uid: UInt32?
        let gid: UInt32?

        func apply(_ path: ImagePath, isDirectory: Bool, in world: inout World) {
            world.tree.update(at: path) {
                $0.mode = change.applied(to: 0, isDirectory: isDirectory)
                if let uid { $0.uid = uid }
                if let gid { $0.gid = gid }
            }
        }
    }

    static func run(_ call: inout Invocation) -> Outcome {
        let files = AccountFiles(call.world.tree)
        guard let change = ModeChange(call.value(mode) ?? "755", umask: 0) else {
            return call.fail("invalid mode '\(call.value(mode) ?? "")'")
        }
        var uid: UInt32?
        var gid: UInt32?
        if let text = call.value(owner) {
            uid = (try? OwnerSpecifier(parsing: text, files))?.uid
            if uid == nil { return call.fail("invalid user '\(text)'", reason: .userMissing(text)) }
        }
        if let text = call.value(group) {
            gid = (try? OwnerSpecifier(group: text, files))?.gid
            if gid == nil { return call.fail("invalid group '\(text)'", reason: .groupMissing(text)) }
        }
        if uid != nil || gid != nil, !call.world.isRoot {
            let last = call.operands.last ?? ""
            return call.fail(
                "cannot change ownership of '\(last)': Operation not permitted",
                reason: .notPermitted(last)
            )
        }
        let finish = Finish(change: change, uid: uid, gid: gid)
        return call.has(folders) ? makeFolders(finish, &call) : copyAll(finish, &call)
    }

    private static func makeFolders(_ finish: Finish, _ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.missingOperand() }
        var tally = Tally()
        for text in call.operands {
            let path = call.world.path(text)
            if let problem = makeFolder(path, text, &call) {
                tally.add(problem)
            } else {
                let place = call.world.tree.resolve(path)?.path ?? path
                finish.apply(place, isDirectory: true, in: &call.world)
            }
        }
        return tally.outcome
    }

    /// Makes a folder and what is missing on the way; nil when it is there, else the failure that was told.
    private static func makeFolder(_ path: ImagePath, _ shown: String, _ call: inout Invocation) -> Tally? {
        var tally = Tally()
        var current = ImagePath.root
        for name in path.components {
            current = current.appending(name)
            guard let (real, node) = try? call.world.resolve(current) else {
                tally.fail()
                return tally
            }
            current = real
            do throws(FileError) {
                if let node {
                    guard node.isDirectory else { throw FileError.exists }
                } else {
                    try call.world.make(.directory, mode: 0o755, at: real)
                }
            } catch {
                call.warn("cannot create directory '\(shown)': \(error.message)")
                tally.fail(error.reason(shown))
                return tally
            }
        }
        return nil
    }

    private static func copyAll(_ finish: Finish, _ call: inout Invocation) -> Outcome {
        if call.has(makesFolders), let target = call.value(CopyTargets.targetFolder) ?? call.operands.last {
            let path = call.world.path(target)
            let folder = call.value(CopyTargets.targetFolder) != nil ? path : path.parent
            if let problem = makeFolder(folder, folder.description, &call) { return problem.outcome }
        }
        guard let targets = CopyTargets(&call) else { return .code(1) }
        var tally = Tally()
        for (source, target) in targets.pairs {
            do throws(FileError) {
                tally.add(try copy(source, target, finish, &call))
            } catch {
                call.warn("cannot stat '\(source)': \(error.message)")
                tally.fail(error.reason(source))
            }
        }
        return tally.outcome
    }

    private static func copy(
        _ source: String,
        _ target: String,
        _ finish: Finish,
        _ call: inout Invocation
    ) throws(FileError) -> Tally {
        var tally = Tally()
        let (path, found) = try call.world.resolve(source)
        guard let node = found else { throw FileError.missing }
        guard !node.isDirectory else {
            call.warn("omitting directory '\(source)'")
            tally.fail()
            return tally
        }
        let (place, existing) = try call.world.resolve(target, followLast: false)
        if existing != nil { call.world.take(place) }
        var copy = FileCopy()
        copy.copy(from: path, node, to: place, in: &call.world)
        for problem in copy.problems {
            call.warn(problem.text)
            tally.fail(problem.reason)
        }
        guard copy.problems.isEmpty else { return tally }
        finish.apply(place, isDirectory: false, in: &call.world)
        if call.has(verbose) {
            call.out((existing == nil ? "" : "removed '\(target)'\n") + "'\(source)' -> '\(target)'\n")
        }
        return tally
    }
}
