// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// Every program that has a model: one line each. A test holds it against the folders beside it.
enum CommandModelRegistry {
    static let all: [any CommandModel.Type] = [
        Arch.self,
        Base64.self,
        Basename.self,
        Cat.self,
        Chgrp.self,
        Chmod.self,
        Chown.self,
        Clear.self,
        Cp.self,
        Curl.self,
        Cut.self,
        DateCommand.self,
        Dirname.self,
        Dpkg.self,
        DumbInit.self,
        Echo.self,
        Egrep.self,
        Env.self,
        Expr.self,
        FalseCommand.self,
        Fgrep.self,
        Find.self,
        Getent.self,
        Git.self,
        Gosu.self,
        Grep.self,
        Groups.self,
        Gunzip.self,
        Gzip.self,
        Head.self,
        Hostname.self,
        Id.self,
        Install.self,
        LanguagePackageManager.self,
        Ldconfig.self,
        Link.self,
        Ln.self,
        Ls.self,
        Mkdir.self,
        Mkfifo.self,
        Mktemp.self,
        Mv.self,
        Nice.self,
        Nohup.self,
        Nproc.self,
        Printenv.self,
        Printf.self,
        Pwd.self,
        Readlink.self,
        Realpath.self,
        Reset.self,
        Rev.self,
        Rm.self,
        Rmdir.self,
        Sed.self,
        Seq.self,
        Setsid.self,
        Sha256sum.self,
        Sha512sum.self,
        Sleep.self,
        Sort.self,
        Stat.self,
        Stdbuf.self,
        Su.self,
        SuExec.self,
        Sudo.self,
        Sync.self,
        Tac.self,
        Tail.self,
        Tar.self,
        Tee.self,
        TestCommand.self,
        Time.self,
        Timeout.self,
        Tini.self,
        Touch.self,
        Tr.self,
        TrueCommand.self,
        Truncate.self,
        Tty.self,
        Uname.self,
        Uniq.self,
        Unlink.self,
        Unzip.self,
        UpdateCaCertificates.self,
        Wc.self,
        Wget.self,
        Which.self,
        Whoami.self,
        Xargs.self,
        Yes.self,
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
