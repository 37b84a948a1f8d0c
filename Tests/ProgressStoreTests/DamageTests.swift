// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import GRDB
import Judgements
import SeaworthyTestSupport
import Testing

@testable import ProgressStore

@Suite("Damaged and foreign progress files")
struct DamageTests {
    private func write(_ bytes: [UInt8], to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    static let garbage: [(name: String, bytes: [UInt8])] = [
        ("text", Array("this is not a database, and long enough to be looked at as one".utf8)),
        ("zeros", [UInt8](repeating: 0, count: 8_192)),
        ("one byte", [0x53]),
        ("header only", Array("SQLite format 3\0".utf8)),
        ("header and noise", Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0xA5, count: 5_000)),
    ]

    @Test("are moved aside with their side files, said so, and a new record is begun", arguments: rows(garbage))
    func movedAside(row: NumberedRow<(name: String, bytes: [UInt8])>) throws {
        let (_, bytes) = row.value
        let scratch = try Scratch()
        try write(bytes, to: scratch.database)
        try write([1, 2, 3], to: scratch.database + "-wal")
        let opening = try ProgressDatabase.open(at: scratch.database, now: time(0))
        let damaged = try #require(opening.damaged)
        #expect(damaged.movedTo.first == scratch.database + ".corrupt-20261124T022148Z")
        #expect(FileManager.default.contents(atPath: try #require(damaged.movedTo.first)).map(Array.init) == bytes)
        #expect(!damaged.why.isEmpty)
        try opening.database.attempt("one", .passed)
        #expect(try ProgressDatabase.open(at: scratch.database, now: time(1)).damaged == nil)
        #expect(try scratch.open().attempts(lesson: "lesson").count == 1)
    }

    @Test("twice in one second get different names")
    func twice() throws {
        let scratch = try Scratch()
        var names: Set<String> = []
        for _ in 0..<3 {
            try write(Array("rubbish rubbish rubbish".utf8), to: scratch.database)
            names.formUnion(try ProgressDatabase.open(at: scratch.database, now: time(0)).damaged?.movedTo ?? [])
        }
        #expect(names.count == 3)
    }

    @Test("with a damaged page in the middle are found on opening")
    func damagedPage() throws {
        let scratch = try Scratch()
        do {
            let database = try scratch.open()
            for seconds in 0..<200 { try database.attempt("one", .failed, .passed, at: Double(seconds)) }
            try database.writer.close()
        }
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.database)))
        #expect(bytes.count > 60_000)
        for offset in stride(from: 8_192, to: bytes.count, by: 4_096) {
            for place in 0..<64 { bytes[offset + place] = 0xFF }
        }
        try write(bytes, to: scratch.database)
        #expect(try ProgressDatabase.open(at: scratch.database, now: time(0)).damaged != nil)
    }

    @Test("of another program are moved aside, too, and not written into")
    func foreign() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.path + "/data", withIntermediateDirectories: true)
        let other = try DatabaseQueue(path: scratch.database)
        try other.write { try $0.execute(sql: "CREATE TABLE bookmark (id INTEGER)") }
        try other.close()
        let opening = try ProgressDatabase.open(at: scratch.database, now: time(0))
        #expect(opening.damaged?.why == "it is the database of another program")
    }

    @Test("that are empty are begun without a word")
    func emptyFile() throws {
        let scratch = try Scratch()
        try write([], to: scratch.database)
        #expect(try ProgressDatabase.open(at: scratch.database, now: time(0)).damaged == nil)
    }

    @Test("that a kill left with nothing but the list of migrations are gone on with")
    func begun() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.path + "/data", withIntermediateDirectories: true)
        let begun = try DatabaseQueue(path: scratch.database)
        try begun.write {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try begun.close()
        let opening = try ProgressDatabase.open(at: scratch.database, now: time(0))
        #expect(opening.damaged == nil)
        try opening.database.attempt("one", .passed)
    }

    @Test("of a newer version are left alone, and the reason is given")
    func newer() throws {
        let scratch = try Scratch()
        do {
            let database = try scratch.open()
            try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2099-01 telepathy')") }
            try database.writer.close()
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: scratch.database))
        #expect(code { _ = try scratch.open() } == .malformedInput)
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.database)) == before)
        #expect(!scratch.files.contains { $0.contains("corrupt") })
    }

    @Test("in a place that cannot be written are a failure with a way out")
    func notWritable() throws {
        let scratch = try Scratch()
        try write([1], to: scratch.path + "/file")
        #expect(
            code { _ = try ProgressDatabase.open(at: scratch.path + "/file/x/progress.sqlite", now: time(0)) }
                == .cannotCreate
        )
        try FileManager.default.createDirectory(atPath: scratch.database, withIntermediateDirectories: true)
        #expect(code { _ = try scratch.open() } == .inputOutput)
    }

    @Test("on a full disk lose nothing that was saved and keep no half attempt")
    func fullDisk() throws {
        let scratch = try Scratch()
        let database = try scratch.open()
        try database.attempt("one", .passed)
        try database.writer.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        var failure: Failure?
        var saved = 1
        while failure == nil && saved < 1_000 {
            do {
                try database.attempt("two", .failed, .failed, .passed, at: Double(saved))
                saved += 1
            } catch { failure = error as? Failure }
        }
        #expect(failure?.code == .inputOutput)
        #expect(failure?.fix?.contains("Free some space") == true)
        #expect(saved > 1)
        #expect(try database.attempts(lesson: "lesson").count == saved)
        #expect(try database.problems().isEmpty)
        #expect(try scratch.open().attempts(lesson: "lesson").count == saved)
    }
}
