// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import Lessons
import Testing

@testable import LessonChecks

/// What every kind of check promises, whatever it asks.
@Suite("Each kind of check")
struct CheckKindCompatibilityTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        let type: any CheckKind.Type
        var testDescription: String { type.name }
    }

    static let kinds = CheckKindRegistry.all.map { Kind(type: $0) }

    private static func failure(_ kind: Kind, _ parameters: String) -> Failure? {
        do {
            _ = try CheckFixture.lesson(kind.type, parameters)
            return nil
        } catch { return error as? Failure }
    }

    @Test("is called as its type is, in small letters joined by hyphens", arguments: kinds)
    func name(kind: Kind) {
        var words = ""
        for letter in "\(kind.type)" { words += letter.isUppercase ? "-" + letter.lowercased() : String(letter) }
        #expect(kind.type.name == String(words.dropFirst()))
    }

    @Test("says in a sentence what it asks, and what it is judged from", arguments: kinds)
    func claim(kind: Kind) {
        #expect(kind.type.claim.hasSuffix(".") && kind.type.claim.first?.isUppercase == true)
        #expect(!kind.type.needs.isEmpty)
        let needs = kind.type.needs
        #expect(!needs.contains(.image) || needs.contains(.work), "an image comes from work")
        #expect(needs.asksForRecord || needs.contains(.work), "a submission has work, a learner a record as well")
    }

    @Test("documents each key that it takes, and shows all of them in its example", arguments: kinds)
    func documentation(kind: Kind) throws {
        let documentation = kind.type.parameterDocumentation
        for key in documentation {
            #expect(!key.form.isEmpty && key.meaning.hasSuffix("."), "\(key.key)")
        }
        #expect(Set(documentation.map(\.key)).count == documentation.count)
        #expect(try CheckFixture.exampleParameters(kind.type).map(\.key) == documentation.map(\.key))
    }

    @Test("decodes its example, and without the keys that may be left out", arguments: kinds)
    func example(kind: Kind) throws {
        #expect(Self.failure(kind, kind.type.example) == nil)
        let optional = kind.type.parameterDocumentation.filter { !$0.isRequired }.map(\.key)
        let required = kind.type.example.split(separator: "\n").filter { line in
            !optional.contains { line.hasPrefix($0 + ":") }
        }
        #expect(Self.failure(kind, required.joined(separator: "\n")) == nil)
    }

    @Test("refuses a check without a key that it needs, at the check", arguments: kinds)
    func missing(kind: Kind) throws {
        for key in kind.type.parameterDocumentation where key.isRequired {
            let rest = kind.type.example.split(separator: "\n").filter { !$0.hasPrefix(key.key + ":") }
            let failure = try #require(Self.failure(kind, rest.joined(separator: "\n")))
            #expect(failure.place?.position == SourcePosition(line: 11, column: 9))
            #expect(failure.why?.contains("`\(key.key)`") == true)
        }
    }

    @Test("refuses a key that it does not know, at its place and with the nearest one", arguments: kinds)
    func unknown(kind: Kind) throws {
        let lines = kind.type.example.split(separator: "\n").count
        for (key, nearest) in [("mesage", "message")] + kind.type.parameterDocumentation.map({ ($0.key + "x", $0.key) })
        {
            let failure = try #require(Self.failure(kind, kind.type.example + "\n\(key): 1"))
            #expect(failure.code == .malformedInput)
            #expect(failure.place?.file?.hasSuffix("lessons/one/lesson.yaml") == true)
            #expect(failure.place?.position == SourcePosition(line: 16 + lines, column: 9))
            #expect(failure.why?.contains("`\(key)`") == true && failure.fix == "Write `\(nearest)`.", "\(failure)")
        }
    }

    @Test("refuses a value of the wrong type, at its place", arguments: kinds)
    func wrongType(kind: Kind) throws {
        let lines = kind.type.example.split(separator: "\n").map(String.init)
        for (index, key) in kind.type.parameterDocumentation.enumerated() {
            for wrong in ["[a, b]", "''", "{a: b}"] {
                var changed = lines
                changed[index] = "\(key.key): \(wrong)"
                let failure = try #require(Self.failure(kind, changed.joined(separator: "\n")), "\(key.key): \(wrong)")
                let column = 9 + key.key.utf8.count + 2
                #expect(failure.place?.position == SourcePosition(line: 16 + index, column: column), "\(failure)")
            }
        }
    }

    /// Work that nobody can read, by what is odd about it.
    static let unreadable: [(name: String, text: String?)] = [
        ("no file", nil), ("empty", ""), ("only a comment", "# nothing\n"), ("no instruction", "hello\n"),
        ("control characters", "FROM \u{0}\u{1B}[31m\nUSER \u{7F}\n"), ("no base", "FROM\nUSER\nCMD\n"),
        ("an unknown stage", "FROM scratch\nCOPY --from=99 / /\nUSER $\n"), ("only ARG", "ARG A=1\n"),
        ("an open quote", "FROM scratch\nCMD [\"a\nRUN <<EOF\n"), ("a line without an end", "FROM scratch AS"),
        ("a stage on itself", "FROM a AS a\nFROM b AS b\n"),
    ]

    @Test("judges work that it cannot read, and passes none that has no stage", arguments: kinds, unreadable.indices)
    func judges(kind: Kind, index: Int) throws {
        let (name, text) = Self.unreadable[index]
        let parameters = try CheckFixture.exampleParameters(kind.type).map { ($0.key, $0.value) }
        let values = Dictionary(parameters) { first, _ in first }
        let record = kind.type.needs.asksForRecord ? CheckFixture.record : nil
        let questions = record == nil ? [] : CheckFixture.questions
        let result = try CheckFixture.check(kind.type.name, text, values, record: record, questions: questions)
        #expect(!result.message.isEmpty)
        if record == nil, ["no file", "empty", "only a comment", "no instruction", "only ARG"].contains(name) {
            #expect(result.state == .failed, "\(name): \(result.message)")
        }
        if text == nil, record == nil { #expect(result.message == "There is no Dockerfile at Dockerfile.") }
    }
}
