// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import SeaworthyTestSupport
import Testing

@testable import Workspaces

/// Random sequences of what learners and commands do. Whatever a command replaced can be had back by commands, byte for byte, with
/// modes and owners, and nothing is written over that is not kept.
///
/// `SEAWORTHY_TEST_HISTORIES` says how many sequences there are; 12 when it is not set, and `make soak` makes them 400.
@Suite("Random histories")
struct HistoryPropertyTests {
    static let count =
        ProcessInfo.processInfo.environment["SEAWORTHY_TEST_HISTORIES"].flatMap { Int($0) } ?? 12

    @Test("every state that a command replaced can be had back", arguments: 0..<count)
    func everythingComesBack(seed: Int) throws {
        var walk = try HistoryWalk(seed: UInt64(seed))
        for _ in 0..<24 { try walk.step() }
        try walk.restoreEverything()
    }
}

/// One learner's random way, with what has to be true after each step of it.
private struct HistoryWalk {
    let scratch: Scratch
    let keeper: WorkspaceKeeper
    let workspace: Workspace
    let seed: UInt64
    var work: RandomWork
    /// What commands replaced, as independent eyes saw it, with the snapshot that should have it.
    var replaced: [(look: FolderLook, state: WorkspaceState)] = []
    var past: [FolderLook] = []
    var future: [FolderLook] = []
    var log: [String] = []

    init(seed: UInt64) throws {
        self.seed = seed
        work = RandomWork(seed: seed)
        scratch = try Scratch()
        keeper = scratch.keeper
        try scratch.write("solutions/one/Dockerfile", "FROM solved\n")
        try scratch.write("solutions/one/src/extra/x.js", "x", mode: 0o755)
        workspace = try scratch.create()
    }

    private var path: String { scratch.work }

    mutating func step() throws {
        switch Int.random(in: 0..<18, using: &work.random) {
        case 0..<9: edit()
        case 9:
            try command("reset") {
                try $0.keeper.reset($0.workspace, to: .lesson, starter: $0.scratch.starter, now: $0.scratch.time)
            }
        case 10:
            try command("reset step") {
                try $0.keeper.reset(
                    $0.workspace,
                    to: .step("good-image"),
                    starter: $0.scratch.starter,
                    now: $0.scratch.time
                )
            }
        case 11:
            try command("goto") {
                try $0.keeper.takeFiles(
                    ofStep: "two",
                    in: $0.workspace,
                    starter: $0.scratch.starter,
                    earlierSolutions: [$0.scratch.path + "/solutions/one"],
                    now: $0.scratch.time
                )
            }
        case 12:
            try command("solution") {
                try $0.keeper.applySolution(
                    $0.scratch.path + "/solutions/one",
                    of: "one",
                    to: $0.workspace,
                    now: $0.scratch.time
                )
            }
        case 13:
            let count = Int.random(in: 0..<40, using: &work.random)
            let bytes = work.random.bytes(count)
            let name = try WorkspacePath(work.name())
            try command("save \(name)") { try $0.keeper.save(bytes, to: name, in: $0.workspace, now: $0.scratch.time) }
        case 14:
            guard let snapshot = try keeper.snapshots(of: workspace).randomElement(using: &work.random) else { return }
            let entries = try keeper.store.state(snapshot.id).entries.filter { $0.kind != .special }
            let some =
                Bool.random(using: &work.random)
                ? entries.randomElement(using: &work.random).map { [$0.path] } ?? [] : []
            try command("restore \(some)") {
                try $0.keeper.restore(snapshot.id, paths: some, in: $0.workspace, now: $0.scratch.time)
            }
        case 15: try travel(.undo)
        case 16: try travel(.redo)
        default: try kill()
        }
    }

    // MARK: - What learners do

    private mutating func edit() { log.append("edit \(work.edit(path))") }

    // MARK: - What commands do

    /// Runs a command; one that refuses must have changed nothing.
    private mutating func command(
        _ name: String,
        _ body: (HistoryWalk) throws -> WorkspaceChange?
    ) throws {
        log.append(name)
        let before = try look()
        let change: WorkspaceChange?
        do {
            change = try body(self)
        } catch is Failure {
            try expectSame(try look(), before, "refused \(name)")
            return
        }
        guard let change else { return try expectSame(try look(), before, "nothing to do in \(name)") }
        replaced.append((before, try keeper.store.state(change.backup)))
        past.append(before)
        future = []
        #expect(change.isFinished)
    }

    private mutating func travel(_ direction: WorkspaceKeeper.Travel) throws {
        log.append("\(direction)")
        let before = try look()
        let plan = try keeper.plan(direction, in: workspace)
        try expectSame(try look(), before, "a plan changes nothing")
        let change =
            direction == .undo
            ? try keeper.undo(workspace, now: scratch.time) : try keeper.redo(workspace, now: scratch.time)
        #expect((change == nil) == (plan == nil))
        let expected = direction == .undo ? past.popLast() : future.popLast()
        #expect((change == nil) == (expected == nil), "\(story)")
        guard let expected else { return try expectSame(try look(), before, "nothing to do") }
        try expectSame(try look(), expected, "\(direction)")
        if direction == .undo { future.append(before) } else { past.append(before) }
        let backup = try #require(try keeper.changes(of: workspace).last?.backup)
        replaced.append((before, try keeper.store.state(backup)))
    }

    /// A change that a kill interrupts in front of some file: the rest is brought to its end, or taken back, and what was there in
    /// between is kept as well.
    private mutating func kill() throws {
        struct Killed: Error {}
        log.append("killed reset")
        let before = try look()
        do {
            _ = try keeper.reset(workspace, to: .lesson, starter: scratch.starter, now: scratch.time) { _, _ in
                throw Killed()
            }
        } catch is Killed {}
        let backup = try #require(try keeper.changes(of: workspace).last)
        #expect(!backup.isFinished)
        replaced.append((before, try keeper.store.state(backup.backup)))
        past.append(before)
        future = []
        // Some files are not written yet, and somebody works on.
        edit()
        let between = try look()
        if Bool.random(using: &work.random) {
            try keeper.finish(workspace, now: scratch.time)
            let last = try #require(try keeper.changes(of: workspace).last)
            replaced.append((between, try keeper.store.state(last.backup)))
        } else {
            try travel(.undo)
        }
    }

    // MARK: - What has to be true

    /// Each state comes back by the commands that people have: its snapshot is listed, and restoring it gives what was seen then.
    mutating func restoreEverything() throws {
        for (look, state) in replaced {
            let all = try keeper.snapshots(of: workspace)
            let snapshot = try #require(all.first { (try? keeper.store.state($0.id)) == state }, "\(story)")
            let named = try keeper.snapshot(named: snapshot.shortName, in: workspace)
            _ = try keeper.restore(named.id, in: workspace, now: scratch.time)
            try expectSame(try self.look(), look, "restore")
        }
    }

    private var story: String { "seed \(seed): " + log.joined(separator: ", ") }

    private func expectSame(_ found: FolderLook, _ expected: FolderLook, _ what: String) throws {
        guard found != expected else { return }
        Issue.record("\(what): \(expected.difference(to: found)); \(story)")
    }

    private func look() throws -> FolderLook { try FolderLook(at: path) }
}
