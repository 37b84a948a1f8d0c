// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// Every program that has a model: one line each. A test holds it against the folders beside it.
enum CommandModelRegistry {
    static let all: [any CommandModel.Type] = [
        AddAptRepository.self,
        Adduser.self,
        Apk.self,
        Apt.self,
        AptGet.self,
        AptKey.self,
        AptMark.self,
        Base64.self,
        BusyboxAddgroup.self,
        BusyboxAdduser.self,
        BusyboxChpasswd.self,
        BusyboxDelgroup.self,
        BusyboxDeluser.self,
        BusyboxPasswd.self,
        Cat.self,
        Chfn.self,
        Chgrp.self,
        Chmod.self,
        Chown.self,
        Chpasswd.self,
        Chsh.self,
        Corepack.self,
        Cp.self,
        Deluser.self,
        DpkgReconfigure.self,
        Find.self,
        Gpasswd.self,
        Groupadd.self,
        Groupdel.self,
        Groupmod.self,
        Head.self,
        Install.self,
        Link.self,
        Ln.self,
        Mkdir.self,
        Mkfifo.self,
        Mktemp.self,
        Mv.self,
        Node.self,
        Npm.self,
        Npx.self,
        Passwd.self,
        Pnpm.self,
        Readlink.self,
        Realpath.self,
        Rev.self,
        Rm.self,
        Rmdir.self,
        Sha256sum.self,
        Sha512sum.self,
        Stat.self,
        Sync.self,
        Tac.self,
        Tail.self,
        Tee.self,
        TestCommand.self,
        Touch.self,
        Truncate.self,
        Unlink.self,
        Useradd.self,
        Userdel.self,
        Usermod.self,
        Wc.self,
        Yarn.self,
    ]

    /// The models by each of their names.
    static let byName: [String: [any CommandModel.Type]] = {
        var result: [String: [any CommandModel.Type]] = [:]
        for model in all { for name in model.names { result[name, default: []].append(model) } }
        return result
    }()

    /// The model of a program: of BusyBox's applet where that runs, else of the package's own program.
    static func model(named name: String, _ flavor: ProgramFlavor) -> (any CommandModel.Type)? {
        guard let candidates = byName[name] else { return nil }
        if flavor == .busybox { return candidates.first { $0.flavors.contains(.busybox) } }
        return candidates.first { $0.flavors.contains(flavor) }
            ?? candidates.first { !$0.flavors.isDisjoint(with: ProgramFlavor.ownPackage) }
    }
}
