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
        for name in silent { result[name] = UnmodelledProgram(scope: .output) }
        for name in fileWriters { result[name] = UnmodelledProgram(scope: .files) }
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

    /// Those that write files in the folder at hand and where their words say, and nothing else.
    private static let fileWriters = [
        "ar", "as", "b2sum", "base32", "bunzip2", "bzip2", "c++", "cc", "clang", "clang++", "csplit", "dd",
        "fallocate",
        "g++", "gcc", "gfortran", "gzexe", "javac", "jlink", "ld", "m4", "nasm", "objcopy", "openssl", "patch",
        "protoc", "ranlib", "shred", "split", "strip", "unxz", "upx", "xz", "zip", "zstd",
    ]

    /// Those that change what hangs on a file beside its bytes, or what the kernel keeps of the process: nothing that a model of files
    /// shows.
    private static let silent = ["setcap", "getcap", "chattr", "stty", "tput"]

    /// Those that could have changed anything.
    private static let writers = [
        "apt-config", "autoconf", "automake", "basenc", "bc", "chrt", "cmake", "cpio", "debconf-set-selections",
        "diff3",
        "dir", "dircolors", "dpkg-deb", "ed", "flock", "fmt", "getopt", "gpg", "hostid", "ip", "java", "logger",
        "logname",
        "lsblk", "make", "mcookie", "mknod", "mount", "nc", "numfmt", "pathchk", "perl", "php", "pinky", "pr", "ptx",
        "python", "python3", "rgrep", "rsync", "ruby", "runuser", "rustc", "script", "sdiff", "sha224sum", "sha384sum",
        "shuf", "ssh", "sum", "taskset", "umount", "unexpand", "unshare", "vdir", "vi", "zcat", "zgrep",
    ]
}
