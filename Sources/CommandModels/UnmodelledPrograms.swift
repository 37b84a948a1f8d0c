// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine

/// Programs that exist without a model, and what they could have touched.
///
/// A newcomer among the models leaves this table: a test says that no name of it has a model.
enum UnmodelledPrograms {
    /// The programs by name.
    static let all: [String: UnmodelledProgram] = {
        var result: [String: UnmodelledProgram] = [:]
        for name in readers { result[name] = UnmodelledProgram(scope: .output) }
        for name in writers { result[name] = UnmodelledProgram(scope: .filesystem) }
        return result
    }()

    /// Those that write nothing but to their standard output.
    private static let readers = [
        "apk-info", "apt-cache", "apt-mark-showmanual", "awk", "cal", "cksum", "cmp", "column", "comm", "df",
        "diff", "dig", "dpkg-architecture", "dpkg-query", "du", "expand", "factor", "file", "fold", "free", "gawk",
        "getconf", "hexdump", "host", "join", "jq", "ldd", "less", "locale", "lsb_release", "lscpu", "lsof",
        "mawk", "md5", "md5sum", "more", "nl", "nm", "nslookup", "objdump", "od", "paste", "pgrep", "ping", "ps",
        "pstree", "readelf", "sha1sum", "strings", "top", "tree", "tsort", "uptime", "users", "vmstat", "w", "who",
        "xxd",
    ]

    /// Those that could have changed anything.
    private static let writers = [
        "apt-config", "ar", "as", "autoconf", "automake", "b2sum", "base32", "basenc", "bc", "bunzip2", "bzip2",
        "c++", "cc", "chrt", "clang", "cmake", "cpio", "csplit", "dd", "debconf-set-selections", "diff3", "dir",
        "dircolors", "dpkg-deb", "ed", "fallocate", "flock", "fmt", "g++", "gcc", "getopt", "gpg", "gzexe",
        "hostid", "ip", "java", "javac", "ld", "logger", "logname", "lsblk", "m4", "make", "mcookie", "mknod",
        "mount", "nc", "numfmt", "openssl", "patch", "pathchk", "perl", "php", "pinky", "pr", "ptx", "python",
        "python3", "rgrep", "rsync", "ruby", "runuser", "rustc", "script", "sdiff", "sha224sum", "sha384sum",
        "shred", "shuf", "split", "ssh", "stty", "sum", "taskset", "tput", "umount", "unexpand", "unshare", "unxz",
        "vdir", "vi", "xz", "zcat", "zgrep", "zip", "zstd",
    ]
}
