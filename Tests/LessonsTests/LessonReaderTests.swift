// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import SeaworthyTestSupport
import Testing

@testable import Lessons

/// Reading `lesson.yaml`.
@Suite struct LessonReaderTests {
    @Test func `a lesson is read with everything in it`() throws {
        let scratch = try Scratch.tiny()
        let lesson = try scratch.lesson("tiny")
        #expect(lesson.title == "A tiny lesson")
        #expect(lesson.minutes == 5)
        #expect(lesson.variables == [LessonVariable(name: "WHO", prompt: "Who are you?", defaultValue: nil)])
        #expect(lesson.steps.map(\.id) == ["one", "two"])
        #expect(lesson.maxPoints == 3)
        let step = try #require(lesson.step("one"))
        #expect(step.hint(level: 1) == "Look here.")
        #expect(step.hint(level: 0) == nil)
        #expect(step.hint(level: 3) == nil)
        #expect(lesson.index(ofStep: "two") == 1)
        let check = try #require(lesson.check("one.user"))
        #expect(check.requires == ["one.file"])
        #expect(check.text("who") == "nobody")
        #expect(check.text("deep") == "3.5")
        #expect(check.text("names") == nil)
        let values: [LessonParameter.Value] = [
            .string("nobody"), .numeric(3.5, written: "3.5"), .boolean(true), .strings(["a", "b"]),
        ]
        #expect(check.parameters.map(\.key) == ["who", "deep", "sure", "names"])
        #expect(check.parameters.map(\.value) == values)
        #expect(check.parameters.map(\.keyPlace.position?.line) == [27, 28, 29, 30])
        #expect(check.parameters.map(\.place.position?.column) == [14, 15, 15, 16])
    }

    @Test(arguments: [
        ("{who} is {color}", "nobody is {color}"), ("{{who}}", "{nobody}"), ("{", "{"), ("{who", "{who"), ("}{", "}{"),
        ("{unknown} {who}", "{unknown} nobody"), ("{}", "{}"), ("no braces", "no braces"), ("{names}", "{names}"),
    ])
    func `placeholders are filled from parameters, and others stay`(template: String, filled: String) throws {
        let check = try #require(try Scratch.tiny().lesson("tiny").check("one.user"))
        #expect(check.filled(template) == filled)
    }

    @Test(arguments: [
        ("a", "a"), ("A", "a"), (" b ", "b"), ("2", "b"), ("0", nil), ("3", nil), ("", nil),
        ("99999999999999999999", nil),
    ])
    func `an option is chosen by its id or its number`(text: String, id: String?) throws {
        let question = try #require(try Scratch.tiny().lesson("tiny").step("two")?.question("q"))
        #expect(question.option(chosen: text)?.id == id)
        if let option = question.option(chosen: text) { #expect(question.isCorrect(option) == (id == "a")) }
    }

    /// What is changed in a good lesson, and what is then said: the place at the end of the path, and a word of the reason.
    static let faults: [(old: String, new: String, place: String, word: String)] = [
        ("format: 1", "format: 2", "lesson.yaml:1:9", "newer"),
        ("format: 1", "format: 0", "lesson.yaml:1:9", "too old"),
        ("format: 1", "format: one", "lesson.yaml:1:9", "not a number"),
        ("format: 1\n", "", "lesson.yaml:1:1", "format"),
        ("format: 1", "format: [1", "lesson.yaml:2:3", "YAML"),
        ("title: A tiny lesson", "title: A\ntitle: B", "lesson.yaml", "twice"),
        ("title: A tiny lesson", "title: [A]", "lesson.yaml:3:8", "single text"),
        ("title: A tiny lesson", "title: ''", "lesson.yaml:3:8", "empty"),
        ("title: A tiny lesson\n", "", "lesson.yaml:1:1", "missing"),
        ("minutes: 5", "minutes: five", "lesson.yaml:5:10", "whole number"),
        ("minutes: 5", "minutes: -5", "lesson.yaml:5:10", "whole number"),
        ("minutes: 5", "minutes: 99999999999999999999", "lesson.yaml:5:10", "whole number"),
        ("name: WHO", "name: who", "lesson.yaml:7:5", "variable"),
        ("points: 1", "points: 1:30", "lesson.yaml:18:17", "whole number"),
        ("hints: [Think.]", "hints: Think.", "lesson.yaml:34:12", "list"),
        ("hints: [Think.]", "hints: [{a: b}]", "lesson.yaml:34:13", "quotes"),
        ("names: [a, b]", "names: {a: b}", "lesson.yaml:30:16", "neither a single value"),
        ("sure: true", "advisory: maybe", "lesson.yaml:29:19", "neither `true`"),
        ("minutes: 5", "größe: &a [*a]", "lesson.yaml:5:14", "alias"),
        ("minutes: 5", "minutes: *nobody", "lesson.yaml:5:10", "alias"),
        ("minutes: 5", "minutes: \"\\q\"", "lesson.yaml:5", "escape"),
    ]

    @Test(arguments: faults.indices)
    func `a fault is refused with its place and its reason`(index: Int) throws {
        let fault = Self.faults[index]
        let scratch = try Scratch.tiny(replacing: fault.old, with: fault.new)
        let failure = #expect(throws: Failure.self) { try scratch.lesson("tiny") }
        let place = try #require(failure?.place).description
        #expect(place.contains(fault.place), "\(place): \(String(describing: failure))")
        let said = "\(failure?.what ?? "") \(failure?.why ?? "")"
        #expect(said.contains(fault.word), "\(said)")
        #expect(!scratch.lint("tiny").isEmpty)
    }

    @Test func `columns count bytes`() throws {
        let scratch = try Scratch.tiny(replacing: "{id: a, text: This,", with: "{text: \"日本\", id: [a],")
        let failure = #expect(throws: Failure.self) { try scratch.lesson("tiny") }
        #expect(failure?.place?.position == SourcePosition(line: 39, column: 34))
    }

    @Test func `numbers are taken as written`() throws {
        let scratch = try Scratch.tiny(
            replacing: "who: nobody",
            with: "who: 010\n        tag: 'true'\n        yes: yes"
        )
        let check = try #require(try scratch.lesson("tiny").check("one.user"))
        #expect(check.text("who") == "010")
        #expect(check.parameters.first { $0.key == "who" }?.value == .numeric(10, written: "010"))
        #expect(check.parameters.first { $0.key == "tag" }?.value == .string("true"))
        #expect(check.text("yes") == "yes")
    }

    /// A key that nobody reads, where it is put, the line, column and nearest key.
    static let unknownKeys: [(old: String, new: String, line: Int, column: Int, fix: String)] = [
        ("minutes: 5", "minutes: 5\nminuets: 5", 6, 1, "Write `minutes`."),
        ("minutes: 5", "minutes: 5\nTitle: x", 6, 1, "Write `title`."),
        ("    prompt: Who are you?", "    prompt: Who?\n    promt: x", 9, 5, "Write `prompt`."),
        ("    solution: one", "    solution: one\n    hint: [x]", 14, 5, "Write `hints`."),
        ("    answer: a", "    answer: a\n        anwser: b", 42, 9, "Write `answer`."),
        ("text: This,", "txt: x, text: This,", 39, 21, "Write `text`."),
        ("  - id: two", "  - colour: red\n    id: two", 31, 5, "Take it out, or use one of `id`, `title`"),
        ("kind: dockerfile-parses", "kind: dockerfile-parses\n        needs: work", 20, 9, "Take the line out."),
    ]

    @Test(arguments: unknownKeys.indices)
    func `a key that nobody reads is refused with its place and the nearest one`(index: Int) throws {
        let row = Self.unknownKeys[index]
        let scratch = try Scratch.tiny(replacing: row.old, with: row.new)
        let failure = try #require(#expect(throws: Failure.self) { try scratch.lesson("tiny") })
        #expect(failure.code == .malformedInput)
        #expect(failure.place?.position == SourcePosition(line: row.line, column: row.column), "\(failure)")
        #expect(failure.fix?.hasPrefix(row.fix) == true, "\(failure.fix ?? "no fix")")
        let finding = try #require(scratch.lint("tiny").first { $0.rule == "UnknownKey" })
        #expect(finding.severity == .error)
        #expect(finding.place == failure.place)
    }

    @Test func `aliases that multiply are refused in no time`() throws {
        var text = "format: 1\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1...30 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]\n"
        }
        let scratch = try Scratch()
        try scratch.write("lessons/bomb/lesson.yaml", text)
        let clock = ContinuousClock()
        let time = clock.measure {
            let failure = #expect(throws: Failure.self) { try scratch.lesson("bomb") }
            #expect(failure?.code == .overLimit)
        }
        #expect(time < .seconds(5))
    }

    static let hostile: [String] = [
        String(repeating: "[", count: 100_000), String(repeating: "- ", count: 900),
        String(repeating: "{a: ", count: 500), (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        "format: 1\nx: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100), "\u{1}",
        "%YAML 9.9\n---\n",
        "--- a\n--- b\n", "", "~", "42", "- a", "? {a: b}\n: c", "format: 1\n\0",
    ]

    @Test(arguments: rows(hostile))
    func `a hostile file is refused`(row: NumberedRow<String>) throws {
        let text = row.value
        let scratch = try Scratch()
        try scratch.write("lessons/bad/lesson.yaml", text)
        #expect(throws: Failure.self) { try scratch.lesson("bad") }
        #expect(!scratch.lint("bad").isEmpty)
    }

    @Test func `a file that is too large or not UTF-8 is refused`() throws {
        let scratch = try Scratch()
        try scratch.write("lessons/big/lesson.yaml", "# " + String(repeating: "x", count: 2 << 20))
        #expect(
            throws: Failure(
                .overLimit,
                "The file is larger than 1048576 bytes",
                at: .file(scratch.root.path + "/lessons/big/lesson.yaml")
            )
        ) {
            try scratch.lesson("big")
        }
        try Data([0x66, 0xFF, 0xFE]).write(to: scratch.root.appendingPathComponent("lessons/big/lesson.yaml"))
        let failure = #expect(throws: Failure.self) { try scratch.lesson("big") }
        #expect(failure?.code == .malformedInput)
    }

    @Test(arguments: ["nope", "", "..", "../lessons/tiny", "/etc", "a\u{1B}b", "TINY"])
    func `a lesson that is not there is said not to be`(id: String) throws {
        let failure = try #require(#expect(throws: Failure.self) { try Scratch.tiny().lesson(id) })
        #expect(failure.code == .noInput)
        #expect(!failure.what.contains("\u{1B}"))
    }

    @Test func `a link is not followed`() throws {
        let scratch = try Scratch.tiny()
        let file = scratch.root.appendingPathComponent("lessons/tiny/one.md")
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/etc/passwd")
        let lesson = try scratch.lesson("tiny")
        let failure = #expect(throws: Failure.self) { try scratch.text(of: lesson.steps[0], in: lesson) }
        #expect(failure?.code == .hostileInput)
        #expect(scratch.lint("tiny").contains { $0.rule == "StepFile" })
    }
}
