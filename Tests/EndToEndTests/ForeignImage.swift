// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// An image that buildah made of a tree that debootstrap made: two layers, the second of which removes, replaces and links.
///
/// It is made once a run. `SEAWORTHY_TEST_DEBIAN` names a tree that is there already.
struct ForeignImage: Sendable {
    /// The scratch folder that everything lies in.
    let folder: String
    /// The OCI layout that buildah wrote, its image named `image`.
    var layout: String { folder + "/layout" }
    /// What `dpkg-query` lists as installed in the tree as it became.
    let packages: [ListedPackage]
    /// What `find` lists in the tree as it became.
    let files: @Sendable () throws -> [String: FoundFile]

    /// Whether the tools for it are there, and the rights.
    static var canBeMade: Bool { Judge.areThere("debootstrap", "buildah", "skopeo", "dpkg-query") && geteuid() == 0 }

    /// What a skipped test says.
    static let remedy: Comment =
        "needs root, debootstrap, buildah and skopeo (scripts/bootstrap --judges), and a Debian mirror"

    /// The image, or why there is none.
    static let shared = Result { try make() }

    /// Whether the tests that rest on it run: where the mirror cannot be reached they are skipped, except in CI.
    static var isThere: Bool {
        guard canBeMade else { return false }
        if case .success = shared { return true }
        return Judge.isCI
    }

    private static let scratch = Result { try ScratchFolder() }

    private static func make() throws -> ForeignImage {
        let folder = try scratch.get().path
        // A static value is never let go of, and the tree is 200 MB.
        atexit { _ = try? Judge.run("rm", ["-rf", (try? ForeignImage.scratch.get().path) ?? ""]) }
        let given = ProcessInfo.processInfo.environment["SEAWORTHY_TEST_DEBIAN"] ?? ""
        try Judge.run("sh", ["-c", script, "make-image", folder, given], timeout: 900)
        func read(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        }
        let packages = try String(decoding: read("packages"), as: UTF8.self).split(separator: "\n").compactMap {
            line -> ListedPackage? in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(fields.count == 4)
            return fields[0] == "installed"
                ? ListedPackage(name: fields[1], version: fields[2], architecture: fields[3]) : nil
        }
        return ForeignImage(folder: folder, packages: packages.sorted()) {
            try FoundFile.parse([UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/files"))))
        }
    }

    private static let script = #"""
        set -eu
        folder=$1
        tree=${2:-$folder/tree}
        [ -d "$tree" ] || debootstrap --variant=minbase bookworm "$tree" >"$folder/log" 2>&1 || { tail -5 "$folder/log" >&2; exit 1; }
        b() { buildah --storage-driver=vfs --root "$folder/storage" --runroot "$folder/run" "$@"; }

        lower=$(b from scratch)
        b add --quiet "$lower" "$tree" / >/dev/null
        b config --user 1000:100 --env COLOUR=blue --workingdir /srv --cmd '["sh"]' --label made.by=buildah "$lower"
        b commit --quiet "$lower" localhost/lower >/dev/null
        upper=$(b from --pull-never localhost/lower)

        echo 'copied' >"$folder/copied.txt"
        b copy --quiet --chown 1234:5678 --chmod 640 "$upper" "$folder/copied.txt" /srv/copied.txt >/dev/null
        root=$(b mount "$upper")
        # A package goes as dpkg itself takes it away.
        dpkg --root="$root" --force-script-chrootless --force-all --purge tzdata >/dev/null 2>&1
        # Whiteouts: a file, a folder, a link, and a folder that comes back with other things in it.
        rm "$root/etc/issue"
        rm -r "$root/usr/share/doc/apt"
        rm "$root/etc/os-release"
        cp "$root/usr/lib/os-release" "$root/etc/os-release"
        rm -r "$root/usr/share/doc/bash"
        mkdir "$root/usr/share/doc/bash"
        echo new >"$root/usr/share/doc/bash/new"
        # A folder where a file was, a file where a folder was.
        rm "$root/etc/issue.net"
        mkdir "$root/etc/issue.net"
        rm -r "$root/usr/share/doc/dash"
        echo flat >"$root/usr/share/doc/dash"
        # Modes, owners, kinds, names.
        cd "$root/srv"
        mkdir -m 1777 sticky
        mkdir -m 2775 -p setgid
        echo x >setuid; chown 65534:65534 setuid; chmod 4755 setuid
        echo x >great; chown 2000000000:2000000001 great
        echo x >secret; chmod 000 secret
        : >empty
        mkfifo pipe
        ln -s /no/such/place dangling
        ln -s ../etc/passwd 'link to users'
        ln -s loop-b loop-a; ln -s loop-a loop-b
        echo linked >first; ln first second; ln first sticky/third
        echo x >'two words'; echo x >'a"quote'; echo x >'back\slash'; echo x >"$(printf 'line\nfeed')"
        echo x >'ümläut-日本語-🐳'; echo x >-rf; echo x >'*'; echo x >.hidden
        long=$(printf '%0100d' 0)
        mkdir -p "$long/$long/$long"; echo deep >"$long/$long/$long/$long"
        ln -s "$long/$long/$long/$long" long-link
        head -c 5000000 /dev/zero >zeros
        cd /

        find "$root" -mindepth 1 -printf '%y %m %U %G %s %i\0/%P\0%l\0' >"$folder/files"
        dpkg-query --admindir="$root/var/lib/dpkg" -W \
            -f '${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\n' >"$folder/packages"
        b commit --quiet "$upper" "oci:$folder/layout:image" >/dev/null
        b umount "$upper" >/dev/null
        rm -rf "$folder/storage" "$folder/run" "$folder/tree"
        """#
}
