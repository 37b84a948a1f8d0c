// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Testing

@testable import LessonChecks

@Suite("The registry of check kinds")
struct CheckKindRegistryTests {
    private static func types(in folder: String, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: CheckFixture.root + "/" + folder)
            .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }

    private static let registered = CheckKindRegistry.all.map { "\($0)" }

    @Test("has a line for each file in the folder of kinds, in the folder's order")
    func folder() throws {
        #expect(try Self.types(in: "Sources/LessonChecks/Kinds", ending: ".swift") == Self.registered)
    }

    @Test("has a test file for each kind")
    func tests() throws {
        #expect(try Self.types(in: "Tests/LessonChecksTests/Kinds", ending: "Tests.swift") == Self.registered)
    }

    @Test("knows each word once")
    func words() {
        #expect(Set(CheckKindRegistry.all.map { $0.name }).count == CheckKindRegistry.all.count)
        #expect(CheckKindRegistry.named("nonsense") == nil)
    }

    @Test("refuses a kind that nobody knows, with its place and the nearest one")
    func unknown() throws {
        let failure = #expect(throws: Failure.self) { try CheckFixture.check("no-shel", "FROM scratch\n") }
        #expect(failure?.code == .malformedInput)
        #expect(failure?.place == .file("lesson.yaml", line: 1, column: 1))
        #expect(failure?.fix == "Write `no-shell`.")
    }
}
