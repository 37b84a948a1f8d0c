// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// Random sequences of edits and commands at the built program, some commands killed at a moment that nobody chose. Every state that a
/// command replaced comes back with `seaworthy restore`, byte for byte, with modes and owners.
///
/// `SEAWORTHY_TEST_HISTORIES` counts sequences of the keeper; one in ten of them is walked here with the program, two at least.
@Suite("Random histories at the program", .serialized)
struct RandomHistoryTests {
    static let count = max(
        2,
        (ProcessInfo.processInfo.environment["SEAWORTHY_TEST_HISTORIES"].flatMap { Int($0) } ?? 0) / 10
    )

    @Test("every state that a command replaced can be had back by its snapshot", arguments: 0..<count)
    func everythingComesBack(seed: Int) throws {
        var walk = try CommandWalk(seed: UInt64(seed) &+ 7_000)
        for _ in 0..<20 { try walk.step() }
        try walk.restoreEverything()
    }
}

/// One learner's random way through the commands.
private struct CommandWalk {
    let learner: Learner
    var work: RandomWork
    /// How long a command takes, for the moments of the kills.
    var whole: Double
    /// States that commands replaced, with the snapshot that was made of each.
    var replaced: [(look: FolderLook, snapshot: String)] = []
    /// The highest number in the history.
    var last = 0
    var log: [String]

    init(seed: UInt64) throws {
        work = RandomWork(seed: seed)
        log = ["seed \(seed)"]
        learner = try Learner()
        try learner.learn()
        let learner = learner
        whole = try KillTests.seconds { _ = try learner.seaworthy("goto", "non-root-user") }
    }

    private var story: String { log.joined(separator: ", ") }

    mutating func step() throws {
        guard Int.random(in: 0..<5, using: &work.random) > 1 else {
            let name = work.edit(learner.workspace)
            log.append("edit \(name)")
            return
        }
        guard let words = try words() else { return }
        let before = try FolderLook(at: learner.workspace)
        let isKilled = Int.random(in: 0..<4, using: &work.random) == 0
        let timeout = isKilled ? Double.random(in: 0.002...max(0.01, whole), using: &work.random) : 120
        log.append((isKilled ? "killed " : "") + words.joined(separator: " "))
        let result = try KillTests.run(learner, words, timeout: timeout)
        let codes: [Int32] = result.timedOut ? [137, 0] : [0, 64, 65, 66, 74]
        #expect(codes.contains(result.status), "\(result.status) \(result.error); \(story)")
        let after = try FolderLook(at: learner.workspace)
        let rows = try history().snapshots.filter { ($0.number ?? 0) > last }
        guard let first = rows.last else {
            #expect(after == before, "nothing is kept, and yet \(before.difference(to: after)); \(story)")
            return
        }
        if !result.timedOut, result.status != 0 {
            // What an earlier kill left may be brought to its end by a command that then refuses.
            log.append("refused")
        }
        replaced.append((before, first.snapshot))
        last = rows.first?.number ?? last
    }

    /// A command and its arguments.
    private mutating func words() throws -> [String]? {
        let step = KillTests.steps.randomElement(using: &work.random) ?? "recap"
        switch Int.random(in: 0..<14, using: &work.random) {
        case 0: return ["reset", "--yes"]
        case 1: return ["reset", step, "--yes"]
        case 2: return ["reset", "--lesson", "--yes"]
        case 3: return ["goto", step]
        case 4: return ["goto", step, "--files"]
        case 5: return ["save", "1"]
        case 6: return ["save", "1", "--to", work.name()]
        case 7: return ["solution", "--apply"]
        case 8, 9: return ["undo", "--yes"]
        case 10, 11: return ["redo", "--yes"]
        default:
            guard let snapshot = try history().snapshots.randomElement(using: &work.random) else { return nil }
            let names = Bool.random(using: &work.random) ? [] : [work.name()]
            return ["restore", snapshot.snapshot] + names
        }
    }

    private func history() throws -> NothingIsLostTests.Kept {
        let result = try learner.seaworthy("history", "--json")
        #expect(result.status == 0, "\(result.error); \(story)")
        return try JSONDecoder().decode(NothingIsLostTests.Kept.self, from: Data(result.outputBytes))
    }

    func restoreEverything() throws {
        #expect(!replaced.isEmpty, "\(story)")
        for (look, snapshot) in replaced {
            let result = try learner.seaworthy("restore", snapshot)
            #expect(result.status == 0, "\(result.error); \(story)")
            let found = try FolderLook(at: learner.workspace)
            #expect(found == look, "restore \(snapshot): \(look.difference(to: found)); \(story)")
        }
        let status = try learner.seaworthy("status")
        #expect(status.status == 0, "\(status.error); \(story)")
        #expect(try learner.seaworthy("doctor").output.contains("PROBLEM") == false)
    }
}
