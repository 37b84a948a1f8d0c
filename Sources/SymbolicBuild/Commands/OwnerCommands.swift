// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, chown, chgrp; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec

/// `chown` and `chgrp`.
enum OwnerCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "chown": LegacyModel(.files, change),
        "chgrp": LegacyModel(.files, change),
    ]

    /// The numbers that `user`, `user:group`, `:group`, `user:` or numbers stand for.
    static func owner(
        _ text: String,
        _ files: AccountFiles,
        isGroup: Bool
    ) -> (uid: UInt32?, gid: UInt32?, problem: String?) {
        if isGroup {
            guard let gid = files.group(named: text).map({ $0.gid }) ?? number(text) else {
                return (nil, nil, "invalid group: '\(text)'")
            }
            return (nil, UInt32(clamping: gid), nil)
        }
        let separator = text.firstIndex(of: ":") ?? (files.user(named: text) == nil ? text.firstIndex(of: ".") : nil)
        let userText = String(text[..<(separator ?? text.endIndex)])
        let groupText = separator.map { String(text[text.index(after: $0)...]) }
        var uid: Int?
        var gid: Int?
        if !userText.isEmpty {
            let account = files.user(named: userText)
            uid = account?.uid ?? number(userText)
            guard uid != nil else { return (nil, nil, "invalid user: '\(text)'") }
            if groupText?.isEmpty == true {
                guard let main = account?.gid else { return (nil, nil, "invalid spec: '\(text)'") }
                gid = main
            }
        }
        if let groupText, !groupText.isEmpty {
            gid = files.group(named: groupText)?.gid ?? number(groupText)
            guard gid != nil else { return (nil, nil, "invalid group: '\(text)'") }
        }
        return (uid.map { UInt32(clamping: $0) }, gid.map { UInt32(clamping: $0) }, nil)
    }

    private static func number(_ text: String) -> Int? {
        guard let value = Int(text), value >= 0, value < 1 << 32 else { return nil }
        return value
    }

    private static func change(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "c,changes f,silent,quiet v,verbose R,recursive h,no-dereference dereference H L P from= preserve-root "
                    + "no-preserve-root reference="
            )
        else { return .code(1) }
        let execution = context.execution
        var operands = options.operands
        let files = AccountFiles(execution.world.tree)
        var uid: UInt32?
        var gid: UInt32?
        if let reference = options.value("reference") {
            guard let node = (try? execution.world.node(reference)) ?? nil else {
                return context.fail("failed to get attributes of '\(reference)': No such file or directory")
            }
            uid = context.name == "chgrp" ? nil : node.uid
            gid = node.gid
        } else {
            guard let text = operands.first else { return FolderCommands.missingOperand(context) }
            operands.removeFirst()
            guard !operands.isEmpty else {
                return context.fail(
                    "missing operand after '\(text)'\nTry '\(context.name) --help' for more information."
                )
            }
            let (user, group, problem) = owner(text, files, isGroup: context.name == "chgrp")
            if let problem {
                if files.isUnknown || execution.world.isUncertain("/etc/passwd") {
                    return context.unknown("whether the account \(text) is there is not known", .files)
                }
                if context.isBusybox {
                    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
                    let isUser = problem.hasPrefix("invalid user")
                    return context.fail(
                        isUser ? "unknown user \(parts.first ?? "")" : "unknown group \(parts.last ?? "")"
                    )
                }
                return context.fail(problem)
            }
            (uid, gid) = (user, group)
        }
        var exit = 0
        for operand in operands {
            do throws(FileError) {
                let (path, found) = try execution.world.resolve(
                    operand,
                    followLast: !options.has("h") && !(options.has("R") && !options.has("H") && !options.has("L"))
                )
                guard found != nil else { throw FileError.missing }
                var places = [path]
                if options.has("R") {
                    places = []
                    FileWork.walk(execution.world.tree, path) { child, _ in places.append(child) }
                }
                execution.world.charge(places.count / 16)
                for place in places {
                    var real = execution.world.writablePlace(place)
                    guard var node = execution.world.tree.node(at: real) else { continue }
                    if case .symlink = node.kind, options.has("R"), !options.has("h"), !options.has("L") {
                        // -R does not go through links; the link itself is left, as -P with dereferencing has it.
                        guard let (target, behind) = execution.world.tree.resolve(real), let behind else { continue }
                        real = target
                        node = behind
                    }
                    let user = execution.world.user
                    if user.uid != 0 {
                        let isOwn = node.uid == user.uid
                        let keepsUser = uid == nil || uid == node.uid
                        let groupIsOwn =
                            gid == nil || gid == node.gid || gid == user.gid || user.groups.contains(gid ?? 0)
                        guard isOwn, keepsUser, groupIsOwn else {
                            let shown = place == path ? operand : place.description
                            let what = context.name == "chgrp" ? "group" : "ownership"
                            context.warn(
                                context.isBusybox
                                    ? "\(shown): Operation not permitted"
                                    : "changing \(what) of '\(shown)': Operation not permitted"
                            )
                            exit = 1
                            continue
                        }
                    }
                    execution.world.tree.update(at: real) {
                        // Only a change of owner takes setuid and setgid away from programs.
                        if !$0.isDirectory, $0.mode & 0o111 != 0, uid != nil || gid != nil { $0.mode &= ~0o6000 }
                        if let uid { $0.uid = uid }
                        if let gid { $0.gid = gid }
                        $0.layerIndex = nil
                    }
                }
            } catch {
                let message = error.message
                if !options.has("f") {
                    context.warn(
                        context.isBusybox ? "\(operand): \(message)" : "cannot access '\(operand)': \(message)"
                    )
                }
                exit = 1
            }
        }
        return .code(exit)
    }
}
