// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostFiles
import SeaworthyTestSupport
import Testing

@testable import Workspaces

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What root does in a learner's folder; as anybody else these are skipped, for only root may give files away.
@Suite("Owners", .enabled(if: geteuid() == 0, "only root may give files away"))
struct OwnerTests {
    let scratch: Scratch
    let keeper: WorkspaceKeeper

    init() throws {
        scratch = try Scratch()
        keeper = scratch.keeper
        for name in ["learner", "learner/home"] {
            try FileManager.default.createDirectory(
                atPath: scratch.path + "/" + name,
                withIntermediateDirectories: true
            )
            #expect(chown(scratch.path + "/" + name, 4_321, 8_765) == 0)
        }
    }

    private var home: String { scratch.path + "/learner/home" }
    private var learnersKeeper: WorkspaceKeeper { WorkspaceKeeper(dataHome: home, homeFolder: nil) }

    private func create() throws -> Workspace {
        try learnersKeeper.create(
            at: scratch.path + "/learner/work",
            lesson: "l",
            step: "s",
            contentVersion: "1",
            starter: scratch.starter
        )
    }

    /// Everything below a folder that belongs to somebody else than the learner.
    private func strangers(_ folder: String) throws -> [String] {
        let found = try SeaworthyBinary.run(
            "/usr/bin/find",
            [folder, "!", "(", "-uid", "4321", "-gid", "8765", ")"]
        )
        return found.output.split(separator: "\n").map(String.init)
    }

    @Test("every file that root makes in a learner's home and workspace belongs to the learner")
    func inherits() throws {
        let workspace = try create()
        let keeper = learnersKeeper
        try scratch.write("solution/extra/file", "x")
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        _ = try keeper.applySolution(scratch.path + "/solution", of: "s", to: workspace, now: scratch.time)
        _ = try keeper.save([1], to: try WorkspacePath("a/b"), in: workspace, now: scratch.time)
        _ = try keeper.undo(workspace, now: scratch.time)
        _ = try keeper.redo(workspace, now: scratch.time)
        _ = try keeper.enter(step: "t", in: workspace)
        #expect(try strangers(scratch.path + "/learner") == [])
    }

    @Test(
        "files that root had made before belong to the learner after a reset, and their owners come back with an undo"
    )
    func repairs() throws {
        let workspace = try create()
        let keeper = learnersKeeper
        let path = scratch.path + "/learner/work/Dockerfile"
        #expect(chown(path, 0, 0) == 0)
        try scratch.write("learner/work/stray", "root's", mode: 0o2755)
        #expect(chown(scratch.path + "/learner/work/stray", 99, 98) == 0)
        #expect(chmod(scratch.path + "/learner/work/stray", 0o6755) == 0)
        let before = try keeper.state(of: workspace)
        #expect(before[try WorkspacePath("stray")]?.owner == FileOwner(user: 99, group: 98))
        _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
        #expect(try strangers(scratch.path + "/learner") == [])
        _ = try keeper.undo(workspace, now: scratch.time)
        #expect(try keeper.state(of: workspace) == before, "owners and setuid bits, too")
        _ = try keeper.redo(workspace, now: scratch.time)
        #expect(try strangers(scratch.path + "/learner") == [])
    }

    @Test("a file that is shared with another group stays so")
    func groups() throws {
        let workspace = try create()
        let keeper = learnersKeeper
        let path = scratch.path + "/learner/work/Dockerfile"
        for change in 0..<3 {
            #expect(chown(path, 4_321, 77) == 0)
            try scratch.write("solution/Dockerfile", "FROM solved\(change)\n")
            switch change {
            case 0: _ = try keeper.applySolution(scratch.path + "/solution", of: "s", to: workspace, now: scratch.time)
            case 1: _ = try keeper.save([1], to: try WorkspacePath("Dockerfile"), in: workspace, now: scratch.time)
            default: _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time)
            }
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_uid == 4_321 && status.st_gid == 77)
        }
    }

    @Test("the digest of the work says nothing of owners, and a snapshot of them is another one")
    func digests() throws {
        let workspace = try create()
        let keeper = learnersKeeper
        let (digest, snapshot) = (try keeper.state(of: workspace).digest, try keeper.snapshot(workspace))
        #expect(digest == snapshot)
        #expect(chown(scratch.path + "/learner/work/Dockerfile", 5, 5) == 0)
        #expect(try keeper.state(of: workspace).digest == digest)
        #expect(try keeper.snapshot(workspace) != snapshot)
    }
}
