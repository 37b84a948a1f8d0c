// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements
import LessonChecks
import Lessons
import ProgressStore
import SeaworthyTestSupport
import Synchronization
import Testing
import Workspaces

@testable import Workbench

@Suite("The workbench")
struct WorkbenchTests {
    private let scratch: ScratchFolder
    private let counter = OpeningCounter()
    private let bench: Workbench

    init() throws {
        scratch = try ScratchFolder()
        bench = TestBench.make(scratch, openers: counter.openers)
    }

    @Test("nothing is opened before it is asked for")
    func lazy() throws {
        #expect(counter.counts.isEmpty)
        #expect(try !bench.dataDigest().isEmpty)
        #expect(counter.counts == ["content": 1, "advisories": 1])
        #expect(try scratch.listing().contains("home/images") == false)
    }

    @Test("all that a check of a step asks for is opened once")
    func once() throws {
        let lesson = try bench.lessons().lesson("securing-your-image")
        let step = try #require(lesson.steps.last { !$0.workChecks.isEmpty })
        let progress = try ProgressDatabase.open(at: scratch.path("progress.sqlite"), now: bench.surroundings.now)
            .database
        let record = try LearnerRecordReader(progress, lesson: lesson.id, step: step, on: bench).record()
        let judge = try bench.judge(lesson, limits: .standard)
        let built = BuiltImageFinder(step, on: bench)
        let starter = try #require(try bench.lessons().starter(of: lesson.id))
        let files = try WorkFiles(reading: starter, limits: .standard)
        let report = try judge.judge(step, files: files, record: record) { try built.analysis(of: $0) }
        #expect(!report.checks.isEmpty)
        #expect(try !bench.dataDigest().isEmpty)
        #expect(
            counter.counts == [
                "content": 1, "lessons": 1, "store": 1, "catalog": 1, "kit": 1, "packages": 1, "advisories": 1,
            ]
        )
    }

    @Test("the digest of a lesson speaks of each of its files, and the lesson is what those bytes say")
    func lessonDigest() throws {
        let root = scratch.path("content")
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: Checkout.root.appendingPathComponent("lessons").path,
            toPath: root + "/lessons"
        )
        var openers = Openers()
        openers.content = { _ in root }
        let bench = TestBench.make(scratch, openers: openers)
        let id = "securing-your-image"
        var digests: Set<String> = []
        for file in ["", "/lesson.yaml", "/workspace/Dockerfile"] {
            if !file.isEmpty {
                let path = root + "/lessons/" + id + file
                let text = try String(contentsOfFile: path, encoding: .utf8)
                try (text + "\n# one line more\n").write(toFile: path, atomically: true, encoding: .utf8)
            }
            let (lesson, digest) = try bench.lessonWithDigest(id)
            #expect(try lesson == bench.lessons().lesson(id))
            #expect(digests.insert(digest).inserted)
            #expect(try bench.lessonWithDigest(id).digest == digest)
        }
        #expect(throws: Failure.self) { try bench.lessonWithDigest("no-such-lesson") }
    }

    @Test("an image of the kit and its size come from one kit, which also says what is known of tags")
    func oneKit() throws {
        let finder = ImageFinder(bench)
        let found = try finder.find("node:24-alpine3.22")
        #expect(ImageSizes(finder).size(of: found.image).isRecorded)
        _ = try bench.analyze("registry://node:24-alpine3.22")
        #expect(counter.counts["kit"] == 1 && counter.counts["catalog"] == 1 && counter.counts["store"] == 1)
    }

    @Test("many who ask at once get the one that was opened")
    func manyAtOnce() async throws {
        let bench = bench
        let digests = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try bench.dataDigest() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(digests.count == 1 && counter.counts["advisories"] == 1)
    }

    @Test("what could not be opened is tried again, and its failure is not kept")
    func again() throws {
        let tries = Mutex(0)
        var openers = Openers()
        openers.store = { path, limits in
            let number = tries.withLock { tries in
                tries += 1
                return tries
            }
            guard number > 1 else { throw Failure(.cannotCreate, "the disk is full", at: .file(path)) }
            return try Openers().store(path, limits)
        }
        let bench = TestBench.make(scratch, openers: openers)
        #expect(TestBench.code { try bench.kit() } == .cannotCreate)
        _ = try bench.kit()
        _ = try bench.store()
        #expect(tries.withLock { $0 } == 2)
    }

    /// What `SEAWORTHY_CONTENT` says, and whether there is content.
    static let folders: [(content: String, isThere: Bool)] = [
        (TestBench.root, true), (TestBench.root + "/lessons/..", true), ("/nowhere", false), ("/dev/null", false),
        (TestBench.root + "/lessons", false), ("a\u{0}b", false),
    ]

    @Test("content is where the environment says, and nowhere else then", arguments: folders.indices)
    func content(index: Int) throws {
        let row = Self.folders[index]
        let bench = TestBench.make(scratch, ["SEAWORTHY_CONTENT": row.content])
        #expect(TestBench.code { try bench.contentRoot() } == (row.isThere ? nil : .noInput))
        #expect(TestBench.code { try bench.advisories() } == (row.isThere ? nil : .noInput))
    }

    @Test("without a word of it, content is beside the program or above it, and above the working folder")
    func contentUnnamed() throws {
        func root(program: String?, folder: String) throws -> String {
            try Workbench(
                Surroundings(
                    environment: [:],
                    currentDirectory: folder,
                    home: scratch.path("home"),
                    epochSeconds: 0,
                    limits: .standard,
                    programPath: program
                )
            )
            .contentRoot()
        }
        #expect(try root(program: nil, folder: TestBench.root + "/lessons/securing-your-image") == TestBench.root)
        #expect(try root(program: TestBench.root + "/.build/debug/seaworthy", folder: "/") == TestBench.root)
        let installed = scratch.path("usr/share/seaworthy")
        for name in ["lessons", "kit"] {
            try FileManager.default.createDirectory(atPath: installed + "/" + name, withIntermediateDirectories: true)
        }
        #expect(try root(program: scratch.path("usr/bin/seaworthy"), folder: "/") == installed)
        #expect(TestBench.code { try root(program: "/bin/seaworthy", folder: "/") } == .noInput)
    }
}
