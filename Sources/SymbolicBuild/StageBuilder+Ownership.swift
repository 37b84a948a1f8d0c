// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy; Dockerfile reference, "COPY", "ADD".

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import SystemFiles

/// Owners and modes of what is copied.
extension StageBuilder {
    /// `--chown`: names are looked up in the image as it is so far; `--link` has no image to look into.
    func owner(_ text: String, _ range: SourceRange, links: Bool) throws -> (uid: UInt32, gid: UInt32) {
        let words = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if links, let name = words.first(where: { !$0.isEmpty && Self.number($0) == nil }) {
            throw BuildStop(
                "invalid user index: -1",
                range: range,
                fix:
                    "with --link the accounts of the image are not looked at: write the number of \(name), or leave --link out"
            )
        }
        if let owner = fileOwner(text) { return owner }
        let accounts = state.accounts
        let isDoubted = accounts.userDoubt != nil || accounts.groupDoubt != nil
        if isBaseUnknown || isDoubted || !request.followsCommands { return (0, 0) }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let user = parts.first ?? ""
        let isUser = Self.number(user) == nil && accounts.user(named: user) == nil
        let (what, name) = isUser ? ("user", user) : ("group", parts.last ?? "")
        throw BuildStop(
            "unable to convert uid/gid chown string to host mapping: can't find \(isUser ? "uid" : "gid") for \(what) \(name): "
                + "no such \(what): \(name)",
            range: range,
            fix: "create \(name) before this line, or use numbers"
        )
    }

    /// Who a file belongs to by the text of `--chown` or of USER: a number stands for itself and, alone, for the group too.
    ///
    /// - Returns: nil when a name is not in the image.
    func fileOwner(_ text: String) -> (uid: UInt32, gid: UInt32)? {
        guard !text.isEmpty else { return (0, 0) }
        let accounts = state.accounts
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let uid: UInt32
        var gid: UInt32
        if let number = Self.number(parts[0]) {
            (uid, gid) = (number, number)
        } else if parts[0].isEmpty {
            (uid, gid) = (0, 0)
        } else if let account = accounts.user(named: parts[0]) {
            (uid, gid) = (account.uid, account.gid)
        } else {
            return nil
        }
        guard parts.count == 2 else { return (uid, gid) }
        if parts[1].isEmpty {
            // The builder takes what is not there for the number 0.
            gid = 0
        } else if let number = Self.number(parts[1]) {
            gid = number
        } else if let group = accounts.group(named: parts[1]) {
            gid = group.gid
        } else {
            return nil
        }
        return (uid, gid)
    }

    /// A number as the builder takes it; `root` needs no account file.
    static func number(_ text: String) -> UInt32? { text == "root" ? 0 : Accounts.number(text) }

    /// What folders get that are made on the way: the bits of an octal `--chmod`.
    func folderMode(_ text: String, _ range: SourceRange) throws -> UInt16 {
        guard case .bits(let bits)? = try? CopyMode(parsing: text) else { return TreeFolders.usualMode }
        return UInt16(truncatingIfNeeded: bits)
    }

    /// `--chmod`: octal or symbolic.
    func mode(_ text: String, _ range: SourceRange) throws -> (FileNode) -> UInt16 {
        let parsed: CopyMode
        do {
            parsed = try CopyMode(parsing: text)
        } catch {
            throw BuildStop(error.description, range: range)
        }
        switch parsed {
        case .bits(let bits): return { _ in UInt16(truncatingIfNeeded: bits) }
        case .changes(let changes):
            let symbolic = SymbolicMode(changes)
            return { symbolic.applied(to: $0.mode, isDirectory: $0.isDirectory) }
        }
    }
}
