// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// What an instructor sees while a batch is graded, and what a spreadsheet makes of its table.
@Suite("Grading in a log and in a spreadsheet")
struct GradeProgressTests {
    private static func classOfFour() throws -> GradedClass {
        let graded = try GradedClass()
        for name in ["Zoë Müller", "ada", "Đặng Hà"] { try graded.write(name + "/Dockerfile", GradedClass.solution) }
        try graded.write("nothing/notes.txt", "x")
        return graded
    }

    @Test("a log gets plain lines on standard error, never more than one a second, and none on standard output")
    func log() throws {
        let graded = try Self.classOfFour()
        let start = Date()
        let result = try graded.run()
        let seconds = Date().timeIntervalSince(start)
        let lines = result.error.split(separator: "\n").filter { $0.contains("/4 ") }
        #expect(lines.first?.hasPrefix("1/4 ") == true, "\(result.error)")
        #expect(Double(lines.count) <= seconds + 1, "\(result.error)")
        #expect(!result.error.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(!result.output.contains("1/4 "))
        let json = try graded.run(nil, ["--json"], out: "second")
        #expect(json.error.hasPrefix("1/4 "))
        #expect(try JSONSerialization.jsonObject(with: Data(json.outputBytes)) is [String: Any])
    }

    @Test("a table has a byte order mark where Excel is to open it, and nowhere else")
    func excel() throws {
        let graded = try Self.classOfFour()
        #expect(try graded.run().status == 0)
        #expect(try graded.run(nil, ["--excel"], out: "excel").status == 0)
        let plain = try graded.scratch.read("out/grades.csv")
        #expect(try graded.scratch.read("excel/grades.csv") == [0xEF, 0xBB, 0xBF] + plain)
        #expect(String(decoding: plain, as: UTF8.self).contains("Zoë Müller"))
        #expect(try graded.scratch.read("excel/grades.json") == graded.scratch.read("out/grades.json"))
        // The same folder without the flag has a table without the mark again: the grades are the same.
        #expect(try graded.run(nil, ["--resume"], out: "excel").status == 0)
        #expect(try graded.scratch.read("excel/grades.csv") == plain)
        let refused = try graded.run(nil, ["--excel", "--format", "json"], out: "third")
        #expect(refused.status == 64 && refused.error.contains("csv"), "\(refused.error)")
    }
}
