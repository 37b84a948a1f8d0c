// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostFiles
import SeaworthyTestSupport
import Testing

@testable import Grading

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the test program itself a second time, as a process that only grades.
private enum Grader {
    static let variable = "SEAWORTHY_TEST_GRADER"

    /// What a started process was told: submissions and output folder; nil in the process that people started.
    static var orders: [String]? {
        ProcessInfo.processInfo.environment[variable]?.split(separator: "\n").map(String.init)
    }

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
        environment[variable] = scratch.submissions + "\n" + scratch.out
        return try ChildProcess(
            program,
            arguments + ["--filter", "GraderProcess"],
            environment: environment,
            isSilent: true
        )
    }
}

private let basis = GradingBasis(
    lesson: "lesson",
    lessonDigest: "sha256:1",
    engineVersion: "0.1.0",
    dataDigest: "sha256:2",
    asOf: "2026-10-01"
)

/// Takes its time, so that kills find it at work.
private let slowJudge = ClosureJudge { files in
    usleep(2_000)
    return try wordJudge.judge(files)
}

@Suite("GraderProcess")
struct GraderProcess {
    @Test("grades when it was started for that", .enabled(if: Grader.orders != nil))
    func grades() throws {
        let orders = try #require(Grader.orders)
        _ = try GradingBatch(basis: basis, out: orders[1]).run([orders[0]], judge: slowJudge, resumes: true)
    }
}

@Suite("Killed batch", .enabled(if: Grader.orders == nil))
struct KilledBatchTests {
    @Test("ends with the same bytes after kill -9 at many moments")
    func killed() throws {
        let scratch = try Scratch()
        for number in 0..<120 {
            let text = ["FROM a\nUSER app\n", "FROM a\n", "FROM unknown\n"][number % 3]
            if number % 10 == 0 {
                try scratch.write("submissions/s\(number).zip", Make.zip([(path: "p/Dockerfile", text: text)]))
            } else {
                try scratch.write("submissions/s\(number)/Dockerfile", text)
            }
        }
        _ = try GradingBatch(basis: basis, out: scratch.path + "/whole").run([scratch.submissions], judge: wordJudge)
        var kills = 0
        var isDone = false
        while !isDone && kills < 60 {
            guard let process = try Grader.start(scratch) else {
                print("skipped: this system does not say where the test program is")
                return
            }
            let deadline = ContinuousClock.now + .milliseconds(150 + kills * 37 % 130)
            while process.poll() == nil && ContinuousClock.now < deadline { usleep(1_000) }
            process.terminate()
            let status = process.wait(timeout: 60)
            isDone = status != 128 + SIGKILL
            if isDone { #expect(status == 0) } else { kills += 1 }
        }
        #expect(kills > 1, "the batch was killed at work")
        if !isDone {
            _ = try GradingBatch(basis: basis, out: scratch.out).run(
                [scratch.submissions],
                judge: wordJudge,
                resumes: true
            )
        }
        for file in ["grades.json", "grades.csv"] {
            #expect(scratch.read("out/" + file) == scratch.read("whole/" + file))
        }
        #expect(HostFile.kindOfLink(scratch.out + "/.grading") == nil)
    }
}
