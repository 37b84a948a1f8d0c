// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Lessons

@Suite("Variables of a lesson")
struct LessonVariableTests {
    private let name = LessonVariable(name: "DOCKER_USERNAME", prompt: "Name", defaultValue: nil, form: .imageName)

    @Test(
        "take what a part of an image's name may be",
        arguments: [
            "ada", "a", "0", "maria-lopez", "a.b", "a_b", "a__b", "a---b", "x9", String(repeating: "a", count: 128),
        ]
    )
    func fits(value: String) { #expect(name.problem(with: value) == nil) }

    @Test(
        "refuse what no image name can hold",
        arguments: [
            "", " ", "Maria Lopez", "Ada", "ada ", "a/b", "a:b", "-a", "a-", ".a", "a.", "a..b", "a___b", "a.-b",
            "a_-b", "ü", "a\n",
            "$HOME", "a;b", "é", String(repeating: "a", count: 129),
        ]
    )
    func refuses(value: String) { #expect(name.problem(with: value) != nil) }

    static let suggestions: [(value: String, near: String?)] = [
        ("Maria Lopez", "maria-lopez"), ("María  López!", "maria-lopez"), ("O'Brien", "obrien"), ("  Ada ", "ada"),
        ("ada@example.org", "ada-example-org"), ("---", nil), ("", nil), ("田中", nil), ("Zoë_42", "zoe-42"),
    ]

    @Test("suggest a value that fits", arguments: suggestions.indices)
    func suggests(index: Int) {
        let row = Self.suggestions[index]
        #expect(name.suggestion(for: row.value) == row.near)
        if let near = row.near { #expect(name.problem(with: near) == nil) }
    }

    @Test("of the form line take any text without control characters")
    func lines() {
        let line = LessonVariable(name: "X", prompt: "X", defaultValue: nil)
        for value in ["Maria Lopez", "a'b\"c", "田中"] { #expect(line.problem(with: value) == nil) }
        for value in ["", "a\nb", "\u{1B}[31m"] { #expect(line.problem(with: value) != nil) }
    }
}
