// SPDX-License-Identifier: Apache-2.0

import Foundation
import Judgements
import SeaworthyTestSupport
import Testing

@testable import ProgressStore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the test program itself a second time, as a process that only writes attempts.
private struct Writer {
    static let variable = "SEAWORTHY_TEST_PROGRESS_WRITER"
    let process: ChildProcess

    /// Starts one that writes `count` attempts at a step, or goes on until it is killed.
    init?(path: String, step: String, count: Int?) throws {
        // The runner's own arguments, for it knows best how it wants to be called.
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        var arguments = Array(CommandLine.arguments.dropFirst())
        for option in ["--filter", "--skip", "--xunit-output", "--event-stream-output-path"] {
            while let index = arguments.firstIndex(of: option) {
                arguments.removeSubrange(index..<min(index + 2, arguments.count))
            }
        }
        var environment = ProcessInfo.processInfo.environment
        environment[Self.variable] = [path, step, count.map(String.init) ?? "-1"].joined(separator: "\n")
        process = try ChildProcess(
            program,
            arguments + ["--filter", "ProgressWriterProcess"],
            environment: environment,
            isSilent: true
        )
    }

    /// What a started process was told; nil in the process that people started.
    static var orders: [String]? {
        ProcessInfo.processInfo.environment[variable]?.split(separator: "\n").map(String.init)
    }
}

@Suite("ProgressWriterProcess")
struct ProgressWriterProcess {
    @Test("writes attempts when it was started for that", .enabled(if: Writer.orders != nil))
    func writes() throws {
        let orders = try #require(Writer.orders)
        let database = try ProgressDatabase.open(at: orders[0], now: time(0)).database
        var number = 0
        while number != Int(orders[2]) {
            number += 1
            try database.attempt(orders[1], .passed, .failed, .unknown, at: Double(number))
        }
    }
}

@Suite("Progress of several processes", .serialized, .enabled(if: Writer.orders == nil))
struct ProcessTests {
    @Test("is complete when two write at once into a file that neither had")
    func together() throws {
        let scratch = try Scratch()
        let writers = try ["one", "two"].compactMap { try Writer(path: scratch.database, step: $0, count: 60) }
        guard writers.count == 2 else {
            print("skipped: this system does not say where the test program is")
            return
        }
        for writer in writers {
            #expect(writer.process.wait(timeout: 120) == 0)
        }
        let database = try scratch.open()
        #expect(try database.attempts(lesson: "lesson", step: "one").count == 60)
        #expect(try database.attempts(lesson: "lesson", step: "two").count == 60)
        #expect(try database.problems().isEmpty)
    }

    /// Slow, for each kill needs a new process; `SEAWORTHY_TEST_KILLS=200` is what the end-to-end loop does with the program.
    @Test("survives kill -9 at any moment, and no attempt is there by half")
    func killed() throws {
        let scratch = try Scratch()
        let kills = ProcessInfo.processInfo.environment["SEAWORTHY_TEST_KILLS"].flatMap { Int($0) } ?? 12
        var count = 0
        for kill in 0..<kills {
            guard let writer = try Writer(path: scratch.database, step: "one", count: nil) else {
                print("skipped: this system does not say where the test program is")
                return
            }
            // Until it writes, then some moments more, another number each time.
            let deadline = ContinuousClock.now + .seconds(20)
            let size = {
                (try? FileManager.default.attributesOfItem(atPath: scratch.database + "-wal")[.size] as? Int) ?? 0
            }
            let before = size()
            while size() == before && ContinuousClock.now < deadline && writer.process.poll() == nil { usleep(500) }
            usleep(UInt32(kill * 7_919 % 23_000))
            writer.process.terminate()
            #expect(writer.process.wait(timeout: 60) == 128 + SIGKILL)
            let opening = try ProgressDatabase.open(at: scratch.database, now: time(0))
            #expect(opening.damaged == nil)
            #expect(try opening.database.problems().isEmpty)
            let now = try opening.database.attempts(lesson: "lesson").count
            #expect(now >= count)
            count = now
        }
        #expect(count > kills / 2, "the writers wrote before they were killed")
    }

    @Test("survives kill -9 while the file is being made")
    func killedAtBirth() throws {
        for kill in 0..<25 {
            let scratch = try Scratch()
            guard let writer = try Writer(path: scratch.database, step: "one", count: nil) else {
                print("skipped: this system does not say where the test program is")
                return
            }
            let deadline = ContinuousClock.now + .seconds(20)
            while !FileManager.default.fileExists(atPath: scratch.database), ContinuousClock.now < deadline {
                usleep(100)
            }
            usleep(UInt32(kill * 200))
            writer.process.terminate()
            _ = writer.process.wait(timeout: 60)
            let opening = try ProgressDatabase.open(at: scratch.database, now: time(0))
            #expect(opening.damaged == nil)
            #expect(try opening.database.problems().isEmpty)
            try opening.database.attempt("one", .passed)
        }
    }

    private func end(_ process: Int32) { _ = kill(process, SIGKILL) }
}
