// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import Workspaces

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the test program itself a second time, as a process that resets and undoes for ever.
private enum Resetter {
    static let variable = "SEAWORTHY_TEST_RESETTER"

    /// The scratch folder that a started process was told; nil in the process that people started.
    static var orders: String? { ProcessInfo.processInfo.environment[variable] }

    /// Starts one; nil where the system does not say which program this is.
    static func start(_ scratch: Scratch) throws -> ChildProcess? {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        // The runner's own arguments, for it knows best how it wants to be called.
        var arguments = Array(CommandLine.arguments.dropFirst())
        for option in ["--filter", "--skip", "--xunit-output", "--event-stream-output-path"] {
            while let index = arguments.firstIndex(of: option) {
                arguments.removeSubrange(index..<min(index + 2, arguments.count))
            }
        }
        var environment = ProcessInfo.processInfo.environment
        environment[variable] = scratch.path
        return try ChildProcess(
            program,
            arguments + ["--filter", "ResetterProcess"],
            environment: environment,
            isSilent: true
        )
    }
}

@Suite("ResetterProcess")
struct ResetterProcess {
    @Test("resets and undoes when it was started for that", .enabled(if: Resetter.orders != nil))
    func resets() throws {
        let path = try #require(Resetter.orders)
        let keeper = WorkspaceKeeper(dataHome: path + "/data", homeFolder: nil)
        let workspace = try keeper.open(path + "/work")
        while true {
            _ = try keeper.reset(
                workspace,
                to: .lesson,
                starter: path + "/starter",
                now: Date(timeIntervalSince1970: 0)
            )
            _ = try keeper.undo(workspace, now: Date(timeIntervalSince1970: 0))
        }
    }
}

@Suite("Killed reset", .enabled(if: Resetter.orders == nil))
struct KilledResetTests {
    @Test("gives the learner's files back after kill -9 at many moments")
    func killed() throws {
        let scratch = try Scratch()
        let keeper = scratch.keeper
        for number in 0..<20 { try scratch.write("starter/f\(number)", "starter \(number)") }
        let workspace = try scratch.create()
        let starter = try keeper.state(of: workspace)
        for number in 0..<40 { try scratch.write("work/f\(number)", "mine \(number)") }
        try scratch.write("work/deep/er/file", "mine")
        let mine = try keeper.state(of: workspace)
        var unfinished = 0
        for number in 0..<15 {
            guard let process = try Resetter.start(scratch) else {
                print("skipped: this system does not say where the test program is")
                return
            }
            let before = try keeper.changes(of: workspace).count
            let deadline = ContinuousClock.now + .seconds(20)
            while try keeper.changes(of: workspace).count == before, ContinuousClock.now < deadline { usleep(500) }
            usleep(UInt32(number * 7_919 % 40_000))
            process.terminate()
            _ = process.wait(timeout: 60)
            let last = try #require(try keeper.changes(of: workspace).last)
            if !last.isFinished { unfinished += 1 }
            if number % 2 == 0 {
                // Forwards: what was begun is brought to its end.
                try keeper.finish(workspace)
                #expect(try keeper.state(of: workspace) == (last.kind == .undo ? mine : starter))
            }
            // Backwards: what was reset is taken back.
            if last.kind == .reset || !last.isFinished { _ = try keeper.undo(workspace, now: scratch.time) }
            #expect(try keeper.state(of: workspace) == mine)
        }
        #expect(unfinished > 0, "some kill came in the middle of a change")
    }
}
