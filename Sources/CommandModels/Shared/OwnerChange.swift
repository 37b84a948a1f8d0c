// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, chown, chgrp; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// What `chown` and `chgrp` have in common.
enum OwnerChange {
    static let changes = CommandOption.flag("c", "changes")
    static let verbose = CommandOption.flag("v", "verbose")
    static let silent = CommandOption.flag("f", "silent", "quiet")
    static let recursive = CommandOption.flag("R", "recursive")
    static let noDereference = CommandOption.flag("h", "no-dereference")
    static let followNamed = CommandOption.flag("H")
    static let followAll = CommandOption.flag("L")
    static let reference = CommandOption.value("reference", is: .path)
    static let options = OptionTable([
        changes, silent, verbose, recursive, noDereference, .flag("dereference"),
        followNamed, followAll, .flag("P"), .value("from", is: .account).unfollowed, .flag("preserve-root"),
        .flag("no-preserve-root"), reference,
    ])

    static func run(_ call: inout Invocation, isGroup: Bool) -> Outcome {
        var operands = call.operands
        let owner: OwnerSpecifier
        do throws(Ending) {
            owner = try self.owner(&operands, &call, isGroup: isGroup)
        } catch {
            return error.outcome
        }
        // What is said of each file is not followed; what is done with it is.
        if call.has(changes) || call.has(verbose) { call.out([], isUnknown: true) }
        var tally = Tally()
        for operand in operands {
            do throws(FileError) {
                tally.add(try give(operand, to: owner, &call, isGroup: isGroup))
            } catch {
                tally.fail(operand, error, isSaid: !call.has(silent), &call)
            }
        }
        return tally.outcome
    }

    /// The owner that the reference or the first operand names; takes that operand away.
    private static func owner(
        _ operands: inout [String],
        _ call: inout Invocation,
        isGroup: Bool
    ) throws(Ending) -> OwnerSpecifier {
        if let node = try call.referenceFile(reference) {
            return OwnerSpecifier(uid: isGroup ? nil : node.uid, gid: node.gid)
        }
        guard let text = operands.first else { throw Ending(outcome: call.missingOperand()) }
        operands.removeFirst()
        guard !operands.isEmpty else {
            throw Ending(
                outcome:
                    call.fail("missing operand after '\(text)'\nTry '\(call.name) --help' for more information.")
            )
        }
        let files = AccountFiles(call.world.tree)
        do throws(OwnerSpecifier.Problem) {
            return try isGroup ? OwnerSpecifier(group: text, files) : OwnerSpecifier(parsing: text, files)
        } catch {
            if files.isUnknown || call.world.isUncertain("/etc/passwd") {
                throw Ending(outcome: call.unknown("whether the account \(text) is there is not known", .files))
            }
            let message = call.isBusybox ? error.busyboxMessage(text) : error.gnuMessage(text)
            throw Ending(outcome: call.fail(message, reason: error.reason))
        }
    }

    private static func give(
        _ operand: String,
        to owner: OwnerSpecifier,
        _ call: inout Invocation,
        isGroup: Bool
    ) throws(FileError) -> Tally {
        let staysAtLink =
            call.has(noDereference) || (call.has(recursive) && !call.has(followNamed) && !call.has(followAll))
        let (path, found) = try call.world.resolve(operand, followLast: !staysAtLink)
        guard found != nil else { throw FileError.missing }
        let places = call.has(recursive) ? call.world.tree.everything(from: path).map(\.path) : [path]
        call.world.charge(places.count / 16)
        var tally = Tally()
        for place in places {
            guard let (real, node) = target(of: place, call) else { continue }
            guard mayGive(node, to: owner, call.world.user) else {
                let shown = place == path ? operand : place.description
                call.warn(
                    call.isBusybox
                        ? "\(shown): Operation not permitted"
                        : "changing \(isGroup ? "group" : "ownership") of '\(shown)': Operation not permitted"
                )
                tally.fail(.notPermitted(shown))
                continue
            }
            call.world.tree.update(at: real) {
                // Only a change of owner takes setuid and setgid away from programs.
                if !$0.isDirectory, $0.mode & 0o111 != 0, owner.uid != nil || owner.gid != nil { $0.mode &= ~0o6000 }
                if let uid = owner.uid { $0.uid = uid }
                if let gid = owner.gid { $0.gid = gid }
                $0.layerIndex = nil
            }
        }
        return tally
    }

    /// What is changed for a path: the file behind other names and, where they are followed, links.
    private static func target(of place: ImagePath, _ call: Invocation) -> (ImagePath, FileNode)? {
        let real = call.world.writablePlace(place)
        guard let node = call.world.tree.node(at: real) else { return nil }
        guard case .symlink = node.kind, call.has(recursive), !call.has(noDereference), !call.has(followAll) else {
            return (real, node)
        }
        // -R does not go through links; the link itself is left, as -P with dereferencing has it.
        guard let (target, behind) = call.world.tree.resolve(real), let behind else { return nil }
        return (target, behind)
    }

    /// Whether a user may give a file away: only the superuser to others, an owner to the groups that the user is in.
    private static func mayGive(_ node: FileNode, to owner: OwnerSpecifier, _ user: World.User) -> Bool {
        if user.uid == 0 { return true }
        guard node.uid == user.uid, owner.uid == nil || owner.uid == node.uid else { return false }
        guard let gid = owner.gid else { return true }
        return gid == node.gid || gid == user.gid || user.groups.contains(gid)
    }
}
