// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// A family of commands that belong together; each has a file of its own.
protocol CommandFamily: SendableMetatype {
    /// The commands by name.
    static var models: [String: LegacyModel] { get }
}

/// The commands that the interpreter can follow.
public struct CommandRegistry: Sendable {
    /// The commands by name.
    let models: [String: LegacyModel]
    /// Whether every modelled command is taken to be in the image.
    public let assumesPresence: Bool

    /// All families.
    static let families: [any CommandFamily.Type] = [
        FactCommands.self, LaunchCommands.self, ShadowCommands.self, AdduserCommands.self,
        PasswordCommands.self, NPMCommands.self,
        ApkCommands.self, AptCommands.self, NetworkCommands.self,
    ]

    private static let allModels: [String: LegacyModel] = {
        var result: [String: LegacyModel] = [:]
        for family in families { result.merge(family.models) { current, _ in current } }
        return result
    }()

    private init(models: [String: LegacyModel], assumesPresence: Bool) {
        self.models = models
        self.assumesPresence = assumesPresence
    }

    /// For builds: a command is there only when the image has its file.
    public static let standard = CommandRegistry(models: allModels, assumesPresence: false)

    /// For scripts without an image: every modelled command is there.
    public static let everything = CommandRegistry(models: allModels, assumesPresence: true)

    /// The names of all modelled commands, sorted.
    public var names: [String] { Set(models.keys).union(CommandModelRegistry.byName.keys).sorted() }

    /// A model, of either kind.
    enum Found {
        case model(any CommandModel.Type)
        case legacy(LegacyModel)
    }

    /// The model of a program by name and manners; nil when there is none.
    func find(_ name: String, _ flavor: ProgramFlavor) -> Found? {
        if let model = CommandModelRegistry.model(named: name, flavor) { return .model(model) }
        return models[name].map { .legacy($0) }
    }

    /// Whether a program has a model.
    func has(_ name: String, _ flavor: ProgramFlavor = .gnu) -> Bool { find(name, flavor) != nil }

    /// Programs that Debian has in `/usr/sbin`.
    static let administrativePrograms: Set<String> = [
        "adduser", "addgroup", "chpasswd", "chgpasswd", "chroot", "deluser", "delgroup", "groupadd", "groupdel",
        "groupmod", "ldconfig", "newusers", "nologin", "service", "update-rc.d", "useradd", "userdel", "usermod",
        "vipw", "update-ca-certificates", "locale-gen", "dpkg-reconfigure",
    ]

    /// Programs without a model that many images have: where there is no image, whether they are there is not known.
    static let commonPrograms: Set<String> = [
        "ar", "as", "autoconf", "automake", "bc", "bzip2", "bunzip2", "c++", "cargo", "cc", "clang", "cmake",
        "composer",
        "cpio", "csplit", "dd", "dotnet", "dpkg-deb", "ed", "fallocate", "flock", "g++", "gcc", "gem", "git", "go",
        "gpg", "ip", "java", "javac", "ld", "lsblk", "m4", "make", "mkfifo", "mknod", "mount", "mvn", "nc", "node",
        "openssl", "patch", "perl", "php", "pip", "pip3", "pr", "python", "python3", "rsync", "ruby", "runuser",
        "rustc", "script", "shred", "shuf", "split", "ssh", "sudo", "sum", "b2sum", "sha224sum", "sha384sum", "tac",
        "timeout", "tput", "truncate", "umount", "uniq", "unshare", "unxz", "unzip", "vi", "xz", "zip", "zstd",
        "pathchk", "pinky", "ptx", "numfmt", "stdbuf", "stty", "sync", "unexpand", "unlink", "link", "dircolors",
        "hostid", "logname", "nproc", "rev", "fmt", "getopt", "logger", "mcookie", "setsid", "chrt", "taskset",
        "base32", "basenc", "nice", "nohup", "dir", "vdir", "printenv", "tee", "tsort", "od", "cmp", "diff3", "sdiff",
        "egrep", "fgrep", "rgrep", "zcat", "zgrep", "gzexe", "debconf-set-selections", "apt-key", "apt-config",
    ]

    /// Programs without a model that write nothing but to their standard output.
    static let readOnlyPrograms: Set<String> = [
        "cal", "cksum", "cmp", "comm", "df", "diff", "du", "file", "free", "getconf", "hexdump", "ldd",
        "locale", "lsof",
        "md5sum", "more", "less", "nm", "objdump", "od", "pgrep", "ping", "ps", "pstree", "readelf", "sha1sum",
        "sha256sum", "sha512sum", "stat", "strings", "top", "tree", "tty", "uptime", "users", "vmstat", "w", "who",
        "xxd", "nslookup",
        "dig", "host", "jq", "awk", "gawk", "mawk", "base64", "column", "fold", "paste", "join", "expand", "nl",
        "tsort", "factor",
        "md5", "lscpu", "dpkg-query", "dpkg-architecture", "apt-cache", "apt-mark-showmanual", "apk-info",
        "lsb_release",
    ]
}
