// SPDX-License-Identifier: Apache-2.0
//
// Source: containerd platforms.Parse and Normalize, through which BuildKit reads every `--platform`.

public import OCISpec

extension Platform {
    /// Reads what `--platform` says: `os/architecture[/variant]`, or an operating system or an architecture alone.
    ///
    /// - Parameter builder: has the word where the text says nothing.
    /// - Returns: nil when the text is no such thing, several platforms at once among them.
    public init?(specifier text: String, builder: Platform) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isWellFormed = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
                    return isLetter || byte >= 0x30 && byte <= 0x39 || "_.-".utf8.contains(byte)
                }
        }
        guard isWellFormed else { return nil }
        var platform: Platform
        switch parts.count {
        case 1 where Self.systems.contains(parts[0].lowercased()):
            platform = Platform(os: parts[0], architecture: builder.architecture)
        case 1:
            platform = Platform(os: builder.os, architecture: parts[0])
            guard Self.architectures.contains(platform.architecture) else { return nil }
        case 2, 3: platform = Platform(os: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : nil)
        default: return nil
        }
        if platform.architecture == "arm" {
            let variant = platform.variant ?? "v7"
            let isNumber = variant.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            platform = Platform(os: platform.os, architecture: "arm", variant: isNumber ? "v" + variant : variant)
        }
        self = platform
    }

    private static let systems: Set<String> = [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "netbsd",
        "openbsd",
        "plan9", "solaris", "windows", "zos",
    ]

    private static let architectures: Set<String> = [
        "386", "amd64", "arm", "arm64", "loong64", "mips", "mipsle", "mips64", "mips64le", "ppc64", "ppc64le",
        "riscv64",
        "s390x", "sparc64", "wasm",
    ]
}
