// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import Judgements
import Submissions
import Synchronization
import Testing

@testable import Grading

@Suite("Grading batch")
struct GradingBatchTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func fill(_ count: Int) throws {
        for number in 0..<count {
            let text = ["FROM a\nUSER app\n", "FROM a\n", "FROM unknown\n"][number % 3]
            try scratch.write("submissions/s\(number)/Dockerfile", text)
        }
    }

    @Test("keeps the states apart and counts points, and gives none to what was not judged")
    func states() throws {
        try fill(3)
        try scratch.write("submissions/broken.zip", "PK\u{3}\u{4} and then nothing")
        try scratch.write("submissions/empty/.gitkeep", "")
        try scratch.write("submissions/two/Dockerfile.a", "FROM a\n")
        try scratch.write("submissions/two/Dockerfile.b", "FROM b\n")
        let book = try scratch.batch().run([scratch.submissions], judge: wordJudge)
        #expect(book.grades.map(\.id) == ["broken", "empty", "s0", "s1", "s2", "two"])
        #expect(book.grades.map(\.state) == [.ungradable, .missing, .passed, .partly, .unknown, .ambiguous])
        #expect(book.grades.map(\.points) == [nil, nil, 2, 1, 1, nil])
        #expect(book.grades.map(\.maxPoints) == [nil, nil, 3, 3, 3, nil])
        #expect(book.grades.map(\.details.path) == ["broken.zip", "empty", "s0", "s1", "s2", "two"])
        #expect(book.grades[5].details.candidates == ["Dockerfile.a", "Dockerfile.b"])
        #expect(book.grades[0].reason?.code == .malformedInput)
        #expect(book.verdict == .failed)
        let csv = scratch.text("out/grades.csv")
        #expect(
            csv == """
                id,state,points,maxPoints,percent,one points,two points,one.user,two.base\r
                broken,ungradable,,,,,,,\r
                empty,missing,,,,,,,\r
                s0,passed,2,3,66.67,1,1,passed,passed\r
                s1,partly,1,3,33.33,0,1,failed,passed\r
                s2,unknown,1,3,33.33,0,1,unknown,passed\r
                two,ambiguous,,,,,,,\r

                """
        )
    }

    @Test("names the file of what is ungradable, and says what is wrong with it")
    func reasons() throws {
        try scratch.write("submissions/broken.zip", "PK\u{3}\u{4} and then nothing")
        try scratch.write("submissions/empty.zip", "")
        try scratch.write("submissions/other.rar", "Rar!")
        try scratch.write("submissions/folder/work.zip", "no zip")
        // A zip's general purpose flag 1 says that an entry is encrypted.
        var locked = Make.zip([(path: "Dockerfile", text: String(repeating: "FROM a\n", count: 9))])
        locked[6] |= 1
        if let central = (0..<(locked.count - 4)).first(where: {
            locked[$0..<($0 + 4)].elementsEqual([0x50, 0x4B, 1, 2])
        }) {
            locked[central + 8] |= 1
        }
        try scratch.write("submissions/locked.zip", locked)
        let inner = Make.zip([(path: "Dockerfile", text: "FROM a\nUSER app\n")])
        try scratch.write("submissions/twice.zip", Make.zip([(path: "work.zip", bytes: inner)]))
        let book = try scratch.batch().run([scratch.submissions], judge: wordJudge)
        let messages = Dictionary(uniqueKeysWithValues: book.grades.map { ($0.id, $0.reason?.message ?? "graded") })
        #expect(messages["broken"]?.hasPrefix("broken.zip: cannot read the archive") == true, "\(messages)")
        #expect(messages["empty"]?.hasPrefix("empty.zip: ") == true && messages["empty"]?.contains("is empty") == true)
        #expect(messages["other"]?.contains("of the kind rar are not read") == true)
        #expect(messages["folder"]?.hasPrefix("work.zip: this is neither") == true)
        #expect(messages["locked"] == "locked.zip: the archive is locked with a password", "\(messages)")
        #expect(messages["twice"] == "graded")
        #expect(!scratch.text("out/grades.json").contains(scratch.path))
    }

    @Test("writes nothing where it must not: in a submission, or for what is not there")
    func writesNothing() throws {
        try scratch.write("submissions/ada/Dockerfile", "FROM a")
        let inside = scratch.submissions + "/ada/out"
        for paths in [[scratch.submissions], [scratch.submissions + "/ada"]] {
            #expect(code { _ = try scratch.batch(out: inside).run(paths, judge: wordJudge) } == .usage)
        }
        #expect(HostFile.kind(of: inside) == nil)
        #expect(code { _ = try scratch.batch().run([scratch.path + "/none"], judge: wordJudge) } == .noInput)
        #expect(HostFile.kind(of: scratch.out) == nil)
    }

    @Test("writes JSON that says what it rests on and has the checks as the learner saw them")
    func json() throws {
        try fill(1)
        let book = try scratch.batch().run([scratch.submissions], judge: wordJudge)
        let object = try JSONSerialization.jsonObject(with: Data(try #require(scratch.read("out/grades.json"))))
        let document = try #require(object as? [String: Any])
        #expect(document["lesson"] as? String == "lesson" && document["engineVersion"] as? String == "0.1.0")
        #expect((document["summary"] as? [String: Int])?["passed"] == 1)
        let submission = try #require((document["submissions"] as? [[String: Any]])?.first)
        #expect(submission["reason"] is NSNull && submission["state"] as? String == "passed")
        let step = try #require((submission["steps"] as? [[String: Any]])?.first)
        let check = try #require((step["checks"] as? [[String: Any]])?.first)
        for key in ["id", "title", "state", "points", "maxPoints", "message", "expected", "found", "fix", "evidence"] {
            #expect(check[key] != nil, "\(key)")
        }
        #expect(check["message"] as? String == "looked at Dockerfile", "no host path in a grade")
        #expect(book.grades[0].steps[0].checks[0].evidence[0].file == "Dockerfile")
        #expect(!scratch.text("out/grades.json").contains(scratch.path))
    }

    @Test("gives the same bytes for the same work in a folder, zip, tar and another place")
    func samePlace() throws {
        try scratch.write("a/ada/Dockerfile", "FROM a\nUSER app\n")
        try scratch.write("b/deep/ada/Dockerfile", "FROM a\nUSER app\n")
        try scratch.write(
            "c.zip",
            Make.zip([(path: "ada/Dockerfile", text: "FROM a\nUSER app\n"), (path: "bob/x", text: "")])
        )
        var books: [[SubmissionGrade]] = []
        for (index, path) in ["a", "b/deep", "c.zip"].enumerated() {
            let book = try scratch.batch(out: scratch.path + "/out\(index)").run(
                [scratch.path + "/" + path],
                judge: wordJudge
            )
            books.append(book.grades.filter { $0.id == "ada" })
        }
        #expect(books[0] == books[1] && books[0] == books[2] && books[0].count == 1)
        #expect(scratch.read("out0/grades.json") == scratch.read("out1/grades.json"))
    }

    /// A judge that works `count` times and then goes down as a killed process does: nothing after it runs.
    private func dying(after count: Int) -> ClosureJudge {
        let left = Mutex(count)
        return ClosureJudge { files in
            let isAlive = left.withLock { left in
                left -= 1
                return left >= 0
            }
            guard isAlive else { throw CancellationError() }
            return try wordJudge.judge(files)
        }
    }

    @Test("ends with the same bytes however often it is interrupted", arguments: [0, 1, 2, 5, 6])
    func resumes(after count: Int) throws {
        try fill(7)
        try scratch.write("submissions/broken.tar", "no tar")
        _ = try scratch.batch(out: scratch.path + "/whole").run([scratch.submissions], judge: wordJudge)
        var isFirst = true
        var rounds = 0
        while rounds < 20 {
            rounds += 1
            do {
                _ = try scratch.batch().run(
                    [scratch.submissions],
                    judge: dying(after: max(1, count)),
                    resumes: !isFirst
                )
                break
            } catch let failure as Failure {
                #expect(failure.code == .interrupted)
                #expect(scratch.read("out/grades.json") == nil, "there is no grade book of half a batch")
            }
            isFirst = false
        }
        #expect(rounds == (count == 0 ? 7 : (7 + count - 1) / count))
        for file in ["grades.json", "grades.csv"] {
            #expect(scratch.read("out/" + file) == scratch.read("whole/" + file))
        }
    }

    @Test("judges again what was changed, added or taken away before it is resumed, and nothing else")
    func changedMeanwhile() throws {
        try fill(5)
        _ = try scratch.batch().run([scratch.submissions], judge: wordJudge)
        try scratch.write("submissions/s1/Dockerfile", "FROM a\nUSER app # mended\n")
        try scratch.write("submissions/late/Dockerfile", "FROM a\n")
        HostFile.remove(scratch.submissions + "/s2")
        let judged = Mutex<[String]>([])
        let book = try scratch.batch().run([scratch.submissions], judge: wordJudge, resumes: true) { grade, _, _ in
            judged.withLock { $0.append(grade.id) }
        }
        #expect(judged.withLock { $0 } == ["late", "s1"])
        #expect(book.grades.map(\.id) == ["late", "s0", "s1", "s3", "s4"])
        #expect(book.grades[2].state == .passed)
        let fresh = try scratch.batch(out: scratch.path + "/fresh").run([scratch.submissions], judge: wordJudge)
        #expect(fresh == book)
        #expect(scratch.read("fresh/grades.json") == scratch.read("out/grades.json"))
    }

    @Test("does not overwrite grades without being asked, and never mixes what rests on different things")
    func refuses() throws {
        try fill(2)
        _ = try scratch.batch().run([scratch.submissions], judge: wordJudge)
        let before = scratch.read("out/grades.json")
        #expect(code { _ = try scratch.batch().run([scratch.submissions], judge: wordJudge) } == .cannotCreate)
        let other = GradingBatch(
            basis: GradingBasis(
                lesson: "lesson",
                lessonDigest: "sha256:1",
                engineVersion: "0.2.0",
                dataDigest: "sha256:2",
                asOf: "2026-10-01"
            ),
            out: scratch.out
        )
        #expect(code { _ = try other.run([scratch.submissions], judge: wordJudge) } == .cannotCreate)
        #expect(scratch.read("out/grades.json") == before)
        let book = try other.run([scratch.submissions], judge: wordJudge, resumes: true)
        #expect(book.grades.count == 2 && book.basis.engineVersion == "0.2.0")
        #expect(scratch.read("out/earlier/1/grades.json") == before)
        #expect(scratch.read("out/grades.json") != before)
        try scratch.write("bad/grades.sqlite", "this is not a journal, and it is long enough to be looked at")
        #expect(
            code { _ = try scratch.batch(out: scratch.path + "/bad").run([scratch.submissions], judge: wordJudge) }
                == .malformedInput
        )
    }

    @Test("keeps a second process out of its folder")
    func locked() throws {
        try fill(1)
        let scratch = scratch
        let inner = Mutex<Failure.Code?>(nil)
        let judge = ClosureJudge { files in
            let found = code { _ = try scratch.batch().run([scratch.submissions], judge: wordJudge, resumes: true) }
            inner.withLock { $0 = found }
            return try wordJudge.judge(files)
        }
        _ = try scratch.batch().run([scratch.submissions], judge: judge)
        #expect(inner.withLock { $0 } == .inputOutput)
    }

    @Test("goes on after each kind of judge's error")
    func judgeErrors() throws {
        struct Odd: Error {}
        try fill(6)
        let judge = ClosureJudge { files in
            switch files.place.last {
            case "0": throw Failure(.hostileInput, "no", at: .file(files.place + "/x"))
            case "1": throw Failure(.inputOutput, "no")
            case "2": throw Odd()
            case "3": return WorkJudgement(steps: [])
            default: return try wordJudge.judge(files)
            }
        }
        let grades = try scratch.batch().run([scratch.submissions], judge: judge).grades
        #expect(grades.map(\.state) == [.ungradable, .ungradable, .ungradable, .unknown, .partly, .unknown])
        #expect(grades[0].reason == SubmissionGrade.Reason(code: .hostileInput, message: "x: no", fix: nil))
        #expect(grades[2].reason?.code == .internalFault)
    }

    static let hostile: [(what: String, code: Failure.Code)] = [
        ("climbs", .hostileInput), ("absolute", .hostileInput), ("link out", .hostileInput),
        ("link through", .hostileInput),
        ("truncated", .malformedInput), ("many", .overLimit), ("large", .overLimit), ("deep", .overLimit),
        ("folder link out", .hostileInput), ("folder link to another", .hostileInput), ("four zips deep", .noInput),
    ]

    @Test("grades hostile submissions as ungradable and the one beside them as ever", arguments: hostile)
    func gradesHostile(what: String, code: Failure.Code) throws {
        try scratch.write("submissions/good/Dockerfile", "USER app\n")
        let good = [(path: "Dockerfile", text: "FROM a\n")]
        let eve = "submissions/eve.zip"
        var limits = Limits.submission
        switch what {
        case "climbs": try scratch.write(eve, Make.zip(good + [(path: "../../escaped", text: "x")]))
        case "absolute": try scratch.write(eve, Make.zip(good + [(path: "/etc/escaped", text: "x")]))
        case "link out":
            try scratch.write(
                "submissions/eve.tar",
                try Make.tar([], links: [(path: "Dockerfile", target: "../good/Dockerfile")])
            )
        case "link through":
            try scratch.write(
                "submissions/eve.tar",
                try Make.tar(
                    [(path: "x", text: "x")],
                    links: [(path: "d", target: "/etc"), (path: "d/escaped", target: "x")]
                )
            )
        case "truncated":
            let bytes = try Make.tar([(path: "Dockerfile", text: String(repeating: "x", count: 5_000))])
            try scratch.write("submissions/eve.tar", Array(bytes.prefix(2_000)))
        case "many":
            try scratch.write(eve, Make.zip(good + (0..<10_000).map { (path: "f\($0)", text: "") }))
            limits.entries = 10_000
        case "large":
            try scratch.write(eve, Make.zip(good + [(path: "x", text: String(repeating: "x", count: 5_000))]))
            limits.expandedBytes = 5_000
        case "deep":
            try scratch.write(eve, Make.zip(good + [(path: String(repeating: "d/", count: 65) + "x", text: "")]))
        case "folder link out": try scratch.link("submissions/eve/Dockerfile", to: "/etc/passwd")
        case "folder link to another": try scratch.link("submissions/eve/Dockerfile", to: "../good/Dockerfile")
        default:
            let inner = Make.zip([(path: "b.zip", bytes: Make.zip([(path: "c.zip", bytes: Make.zip(good))]))])
            try scratch.write(eve, Make.zip([(path: "a.zip", bytes: inner)]))
        }
        let grades = try scratch.batch(limits: limits).run([scratch.submissions], judge: wordJudge).grades
        #expect(grades.map(\.id) == ["eve", "good"])
        #expect(grades.map(\.state) == [code == .overLimit ? .overLimit : .ungradable, .passed], "\(what)")
        #expect(grades[0].reason?.code == code, "\(what): \(grades[0].reason?.message ?? "no reason")")
        #expect(HostFile.kindOfLink(scratch.submissions + "/escaped") == nil)
        #expect(HostFile.kindOfLink(scratch.path + "/escaped") == nil)
        #expect(HostFile.kindOfLink(scratch.out + "/.grading") == nil, "the scratch folder is gone")
    }

    @Test("takes 10,000 entries when the limits allow them, and an archive in a person's folder")
    func large() throws {
        let members = [(path: "Dockerfile", text: "USER app\n")] + (0..<9_999).map { (path: "f\($0)", text: "") }
        try scratch.write("submissions/Ada Lovelace_12_assignsubmission_file/work.zip", Make.zip(members))
        var limits = Limits.submission
        limits.entries = 10_000
        let grades = try scratch.batch(limits: limits).run([scratch.submissions], judge: wordJudge).grades
        #expect(grades.map(\.state) == [.passed])
    }

    @Test("grades a Dockerfile alone, a wrapped folder and a fixture")
    func forms() throws {
        try scratch.write("submissions/ada.Dockerfile", "USER app\n")
        try scratch.write("submissions/bob/project-main/Dockerfile", "USER app\n")
        try scratch.write("submissions/case/submission/inner/Dockerfile", "USER app\n")
        try scratch.write(
            "submissions/case/expected.json",
            "{\"state\":\"passed\",\"checks\":{\"one.user\":\"passed\"}}"
        )
        let book = try scratch.batch().run([scratch.submissions], judge: wordJudge)
        #expect(book.grades.map(\.state) == [.passed, .passed, .passed])
        let expected = try ExpectedOutcome(readingFile: scratch.submissions + "/case/expected.json")
        #expect(expected.differences(from: book.grades[2]).isEmpty)
    }
}
