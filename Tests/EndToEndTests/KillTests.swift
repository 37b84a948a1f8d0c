// SPDX-License-Identifier: Apache-2.0

import Archives
import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

/// `kill -9` at moments that nobody chose, and what is left then.
///
/// `SEAWORTHY_TEST_KILLS` says how many there are in all; 40 when it is not set, and `make soak` makes them 200.
@Suite("Killed at any moment", .serialized, .enabled(if: Judge.areThere("python3"), "python3 is not installed"))
struct KillTests {
    static let total = ProcessInfo.processInfo.environment["SEAWORTHY_TEST_KILLS"].flatMap { Int($0) } ?? 40
    static let steps = [
        "good-image", "organization", "quickview", "non-root-user", "rebuild", "hardened-images", "recap",
    ]

    /// Draws moments to kill at: anywhere in the time that a whole run takes, and a little beyond.
    struct Moments {
        private var generator: SeededGenerator
        private var whole: Double

        init(seed: UInt64, whole: Double) { (generator, self.whole) = (SeededGenerator(seed: seed), whole) }

        mutating func next() -> Double { Double.random(in: 0.001...max(0.01, whole * 1.05), using: &generator) }

        /// Keeps up with a machine that gets slower or faster: about one run in five ends by itself.
        mutating func adapt(wasKilled: Bool) { whole *= wasKilled ? 1.05 : 0.85 }
    }

    /// What is in a database, read by another program.
    struct Audit: Decodable {
        struct Attempt: Decodable {
            let lesson: String?
            let step: String?
            let state: String
            let points: Int
            let maxPoints: Int
            let report: String
        }
        let integrity: String
        let foreignKeys: Int
        let attempts: [Attempt]
        let halves: Int
    }

    static let auditScript = """
        import json, sqlite3, sys
        db = sqlite3.connect(sys.argv[1], timeout=10)
        one = lambda sql: db.execute(sql).fetchone()[0]
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        answer = {"integrity": one("PRAGMA integrity_check"), "foreignKeys": len(list(db.execute("PRAGMA foreign_key_check"))),
                  "attempts": [], "halves": 0}
        if {"event", "attempt"} <= tables:
            names = ("lesson", "step", "state", "points", "maxPoints", "report")
            sql = "SELECT lesson, step, state, points, maxPoints, report FROM attempt JOIN event USING (id) ORDER BY id"
            answer["attempts"] = [dict(zip(names, row)) for row in db.execute(sql)]
            answer["halves"] = one("SELECT count(*) FROM event LEFT JOIN attempt USING (id) WHERE kind = 'attempt' AND state IS NULL")
            answer["halves"] += one("SELECT count(*) FROM attempt LEFT JOIN event USING (id) WHERE coalesce(kind, '') <> 'attempt'")
        print(json.dumps(answer))
        """

    static func audit(_ database: String) throws -> Audit {
        try Judge.json(Audit.self, try Judge.run("python3", ["-c", auditScript, database]))
    }

    static func run(_ learner: Learner, _ arguments: [String], timeout: Double = 120) throws -> SeaworthyBinary.Result {
        try SeaworthyBinary.run(arguments, in: learner.workspace, environment: learner.environment, timeout: timeout)
    }

    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = Date()
        try body()
        return Date().timeIntervalSince(start)
    }

    @Test("a check leaves a record that opens, with whole attempts only, and none that was reported is lost")
    func check() throws {
        let learner = try Learner()
        try learner.learn()
        let command = ["check", "--step", "non-root-user", "--workspace", learner.workspace]
        var status: Int32 = 0
        let whole = try Self.seconds { status = try Self.run(learner, command).status }
        #expect(status == 1)
        var moments = Moments(seed: 1, whole: whole)
        let database = learner.scratch.path("home/progress.sqlite")
        let wanted = Self.total * 2 / 5
        var (kills, runs, finished) = (0, 0, 1)
        while kills < wanted, runs < wanted * 4 {
            runs += 1
            let result = try Self.run(learner, command, timeout: moments.next())
            if result.timedOut, result.status == 137 { kills += 1 } else { finished += 1 }
            moments.adapt(wasKilled: result.timedOut)
            #expect(!result.error.contains("moved"), "\(result.error)")
            #expect([1, 137].contains(result.status), "\(result.error)")
            let audit = try Self.audit(database)
            #expect(audit.integrity == "ok" && audit.foreignKeys == 0 && audit.halves == 0)
            #expect(
                audit.attempts.count >= finished,
                "\(audit.attempts.count) of \(finished) attempts that were reported"
            )
            #expect(audit.attempts.count <= runs + 1)
        }
        #expect(kills == wanted)
        for attempt in try Self.audit(database).attempts {
            let report = try JSONDecoder().decode(Judged.self, from: Data(attempt.report.utf8))
            #expect(report.step == attempt.step && report.lesson == attempt.lesson && report.state == attempt.state)
            #expect(report.step == "non-root-user" && report.checks.contains { $0.id == "non-root-user.user" })
            #expect(attempt.points <= attempt.maxPoints)
        }
        #expect(try learner.seaworthy("status", "--json").status == 0)
        #expect(try learner.seaworthy("doctor").output.contains("PROBLEM") == false)
    }

    @Test("a first start leaves a home and a workspace that the next start goes on with")
    func firstStart() throws {
        var moments = Moments(seed: 2, whole: 0)
        let wanted = Self.total / 10
        var (kills, runs) = (0, 0)
        while kills < wanted, runs < wanted * 4 {
            let learner = try Learner()
            let command = ["learn", "securing-your-image", "--workspace", learner.workspace]
            if runs == 0 {
                moments = Moments(seed: 2, whole: try Self.seconds { try learner.learn() })
                runs += 1
                continue
            }
            runs += 1
            let killed = try SeaworthyBinary.run(
                command,
                in: learner.scratch.path,
                environment: learner.environment,
                timeout: moments.next()
            )
            if killed.timedOut { kills += 1 }
            moments.adapt(wasKilled: killed.timedOut)
            let again = try learner.seaworthy(command)
            #expect(again.status == 0, "\(again.error)")
            #expect(!again.error.contains("moved"), "\(again.error)")
            #expect(try learner.check("non-root-user").state == "failed")
            #expect(try Self.audit(learner.scratch.path("home/progress.sqlite")).integrity == "ok")
        }
        #expect(kills == wanted)
    }

    @Test("a build leaves a store of whole blobs that skopeo reads, and the next build makes the same image")
    func build() throws {
        let reference = try Learner()
        try reference.learn()
        let command = ["build", "-q", "-t", "acme/app:one", "--sbom=true", "--provenance=mode=max", "."]
        let expected = try Self.run(reference, command)
        #expect(expected.status == 0, "\(expected.error)")
        let learner = try Learner()
        try learner.learn()
        var moments = Moments(seed: 3, whole: try Self.seconds { _ = try Self.run(reference, command) })
        let store = learner.scratch.path("home/images")
        let wanted = Self.total * 3 / 10
        var (kills, runs) = (0, 0)
        while kills < wanted, runs < wanted * 4 {
            // Now and then the store is made anew, for that is when most is written.
            if runs % 4 == 0 { try? FileManager.default.removeItem(atPath: store) }
            runs += 1
            let result = try Self.run(learner, command, timeout: moments.next())
            if result.timedOut, result.status == 137 { kills += 1 }
            moments.adapt(wasKilled: result.timedOut)
            #expect([0, 137].contains(result.status), "\(result.error)")
            try Self.verify(store)
        }
        #expect(kills == wanted)
        let last = try Self.run(learner, command)
        #expect(last.status == 0, "\(last.error)")
        #expect(last.output == expected.output)
        try Self.verify(store)
        if Judge.areThere("skopeo") {
            let raw = try Judge.skopeo("inspect", "--raw", "oci:\(store):one")
            let digest = Digest.sha256(of: raw)
            #expect("\(digest)\n" == expected.output)
        }
        #expect(try learner.seaworthy("image", "files", "acme/app:one").status == 0)
    }

    /// Looks whether each blob is what its name says, and whether all that the index names is there.
    static func verify(_ store: String) throws {
        let manager = FileManager.default
        let folder = store + "/blobs/sha256"
        let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
        for name in names where name.count == 64 && !name.hasPrefix(".") {
            let digest = Digest.sha256(of: try bytes(folder + "/" + name))
            #expect(digest.hex == name, "a torn blob")
        }
        guard manager.fileExists(atPath: store + "/index.json") else { return }
        #expect(manager.fileExists(atPath: store + "/oci-layout"))
        var open = try Judge.json(ImageIndex.self, try bytes(store + "/index.json")).manifests
        while let descriptor = open.popLast() {
            let blob = try bytes(folder + "/" + descriptor.digest.hex)
            #expect(blob.count == descriptor.size)
            if descriptor.mediaType == MediaType.index {
                open += try Judge.json(ImageIndex.self, blob).manifests
            } else if descriptor.mediaType == MediaType.manifest {
                let manifest = try Judge.json(ImageManifest.self, blob)
                for part in manifest.layers + [manifest.config] {
                    #expect(names.contains(part.digest.hex), "\(part.digest) is not there")
                }
            }
        }
    }

    @Test("a batch that is resumed after every kill ends with the bytes of one that was never killed")
    func grade() throws {
        let learner = try Learner()
        try FileManager.default.createDirectory(atPath: learner.workspace, withIntermediateDirectories: true)
        let fixtures = Learner.root + "/grader-fixtures/securing-your-image"
        let names = try FileManager.default.contentsOfDirectory(atPath: fixtures).filter { !$0.hasPrefix(".") }.sorted()
        let chosen = stride(from: 0, to: names.count, by: max(1, names.count / 6)).map { fixtures + "/" + names[$0] }
        func command(_ out: String) -> [String] {
            ["grade", "--lesson", "securing-your-image"] + chosen + ["--out", out, "--format", "json,csv", "--resume"]
        }
        func grades(_ out: String) throws -> [Data] {
            try ["grades.json", "grades.csv"].map { try Data(contentsOf: URL(fileURLWithPath: out + "/" + $0)) }
        }
        let whole = learner.scratch.path("whole")
        var status: Int32 = 1
        let time = try Self.seconds { status = try Self.run(learner, command(whole)).status }
        #expect(status == 0)
        let expected = try grades(whole)
        // Half a batch at most, or there would be little to resume.
        var moments = Moments(seed: 4, whole: time / 2)
        let wanted = Self.total - Self.total * 2 / 5 - Self.total / 10 - Self.total * 3 / 10
        var (kills, runs, batch) = (0, 0, 0)
        var resumed = false
        while kills < wanted || resumed, runs < wanted * 6 {
            runs += 1
            let out = learner.scratch.path("out-\(batch)")
            let result = try Self.run(learner, command(out), timeout: kills < wanted ? moments.next() : 120)
            if kills < wanted { moments.adapt(wasKilled: result.timedOut) }
            if result.timedOut, result.status == 137 {
                kills += 1
                resumed = true
                if FileManager.default.fileExists(atPath: out + "/grades.sqlite") {
                    #expect(try Self.audit(out + "/grades.sqlite").integrity == "ok")
                }
                // What is written is whole: a gradebook is either not there or the right one.
                if FileManager.default.fileExists(atPath: out + "/grades.json") {
                    #expect(try Data(contentsOf: URL(fileURLWithPath: out + "/grades.json")) == expected[0])
                }
                continue
            }
            #expect(result.status == 0, "\(result.error)")
            #expect(try grades(out) == expected)
            batch += 1
            resumed = false
        }
        #expect(kills == wanted)
        #expect(batch > 0)
    }
}
