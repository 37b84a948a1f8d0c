// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostFiles
import SeaworthyTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Owners of files", .enabled(if: geteuid() == 0, "only root may give files away"))
struct FileOwnerTests {
    private func owner(_ path: String) -> FileOwner? {
        var status = stat()
        return lstat(path, &status) == 0 ? FileOwner(user: UInt32(status.st_uid), group: UInt32(status.st_gid)) : nil
    }

    @Test("what root makes in somebody's folder is theirs, and what it makes in its own is root's")
    func inherits() throws {
        let scratch = try ScratchFolder()
        for (user, group) in [(UInt32(4_321), UInt32(8_765)), (0, 0), (4_321, 0)] {
            let folder = scratch.path("\(user)-\(group)")
            try HostFile.makeFolder(folder)
            #expect(chown(folder, user, group) == 0)
            let expected = FileOwner(user: user, group: group)
            try HostFile.makeFolder(folder + "/a/b")
            try HostFile.writeAtomically([1], to: folder + "/a/file")
            _ = try FileLock(folder + "/lock")
            HostFile.prepare(folder + "/database")
            let open = try OpenFolder(making: folder + "/c/d", mode: 0o700)
            try open.replaceFile(Array("x".utf8), with: [1])
            try open.replaceLink(Array("link".utf8), target: Array("x".utf8))
            try open.makeFolder(Array("inner".utf8))
            try open.locked {}
            #expect(symlink("nowhere", folder + "/by-hand") == 0)
            HostFile.giveToOwnerOfFolder(folder + "/by-hand")
            for name in [
                "a", "a/b", "a/file", "lock", "database", "c", "c/d", "c/d/x", "c/d/link", "c/d/inner", "c/d/lock",
                "by-hand",
            ] {
                #expect(owner(folder + "/" + name) == expected, "\(name)")
            }
        }
    }

    @Test("a lock and a database that root had made before are given back")
    func repairs() throws {
        let scratch = try ScratchFolder()
        for name in ["lock", "database"] { try scratch.write(name, "") }
        #expect(chown(scratch.path, 4_321, 8_765) == 0)
        for name in ["lock", "database"] { #expect(chown(scratch.path(name), 0, 0) == 0) }
        _ = try FileLock(scratch.path("lock"))
        HostFile.prepare(scratch.path("database"))
        for name in ["lock", "database"] {
            #expect(owner(scratch.path(name)) == FileOwner(user: 4_321, group: 8_765), "\(name)")
        }
    }
}
