// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements
import SeaworthyTestSupport
import Testing

@testable import ProgressStore

#if os(Linux)
    /// A disk of its own, so small that it fills up at once; only where mounting is allowed.
    private final class SmallDisk {
        let path: String

        init?(kilobytes: Int, in scratch: Scratch) throws {
            path = scratch.path + "/disk"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) else { return nil }
        }

        deinit { _ = Self.run("/bin/umount", ["-l", path]) }

        /// Fills the disk but for some bytes.
        func fill(leaving free: Int) throws {
            let filler = path + "/filler"
            try Data().write(to: URL(fileURLWithPath: filler))
            let handle = try #require(FileHandle(forWritingAtPath: filler))
            defer { try? handle.close() }
            let block = Data(repeating: 0x78, count: 1_024)
            while (try? handle.write(contentsOf: block)) != nil {}
            try handle.truncate(atOffset: UInt64(max(0, Int(try handle.offset()) - free)))
        }

        func empty() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

        private static func run(_ program: String, _ arguments: [String]) -> Bool {
            (try? SeaworthyBinary.run(program, arguments).status) == 0
        }
    }

    @Suite("A disk that is full")
    struct FullDiskTests {
        @Test("keeps what was saved, says what to do, and takes more when there is space again", arguments: [0, 8, 40])
        func fills(leavingKilobytes free: Int) throws {
            let scratch = try Scratch()
            guard let disk = try SmallDisk(kilobytes: 1_024, in: scratch) else {
                print("skipped: this account may not mount a small disk")
                return
            }
            let file = disk.path + "/progress.sqlite"
            var saved = 0
            do {
                let database = try ProgressDatabase.open(at: file, now: time(0)).database
                try database.attempt("one", .passed)
                saved = 1
                try disk.fill(leaving: free << 10)
                var failure: Failure?
                while failure == nil && saved < 10_000 {
                    do {
                        try database.attempt("one", .failed, .failed, .failed, .passed)
                        saved += 1
                    } catch { failure = error as? Failure }
                }
                #expect(failure?.code == .inputOutput)
                #expect(failure?.fix != nil)
                #expect(try database.attempts(lesson: "lesson").count == saved)
            }
            // A second terminal, while the disk is still full: a failure or the record, but no loss and no crash.
            do {
                let second = try ProgressDatabase.open(at: file, now: time(1))
                #expect(second.damaged == nil)
            } catch let failure as Failure { #expect(failure.code == .inputOutput) }
            try disk.empty()
            let opening = try ProgressDatabase.open(at: file, now: time(2))
            #expect(opening.damaged == nil)
            #expect(try opening.database.problems().isEmpty)
            #expect(try opening.database.attempts(lesson: "lesson").count == saved)
            try opening.database.attempt("one", .passed)
        }

        @Test("from the start is a failure that says what to do", arguments: [0, 1, 4, 12, 32])
        func fullFromTheStart(leavingKilobytes free: Int) throws {
            let scratch = try Scratch()
            guard let disk = try SmallDisk(kilobytes: 512, in: scratch) else {
                print("skipped: this account may not mount a small disk")
                return
            }
            try disk.fill(leaving: free << 10)
            let file = disk.path + "/progress.sqlite"
            do {
                let opening = try ProgressDatabase.open(at: file, now: time(0))
                #expect(opening.damaged == nil)
            } catch let failure as Failure {
                #expect(failure.code == .inputOutput)
                #expect(failure.fix != nil)
            }
            try disk.empty()
            let opening = try ProgressDatabase.open(at: file, now: time(1))
            #expect(opening.damaged == nil)
            try opening.database.attempt("one", .passed)
            #expect(try opening.database.problems().isEmpty)
        }
    }
#endif
