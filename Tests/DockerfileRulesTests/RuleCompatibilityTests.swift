// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import SeaworthyTestSupport
import Testing

@testable import DockerfileRules

/// What every rule promises.
@Suite("Every rule")
struct RuleCompatibilityTests {
    static let names = DockerfileRuleRegistry.all.map { $0.rule.rawValue }

    private func rule(_ name: String) throws -> LintRule { try #require(LintRule(rawValue: name)) }

    @Test("stands in the registry once, in a file of its name, with a test file of its name")
    func registered() throws {
        let names = Self.names.sorted()
        #expect(try Checkout.names(in: "Sources/DockerfileRules/Rules", endingIn: ".swift") == names)
        #expect(try Checkout.names(in: "Tests/DockerfileRulesTests/Rules", endingIn: "Tests.swift") == names)
        #expect(DockerfileRuleRegistry.all.map { String(describing: $0) } == Self.names)
    }

    @Test("says in sentences what it asks for, why, and what to do", arguments: names)
    func declared(name: String) throws {
        let rule = try rule(name)
        #expect(!rule.claim.isEmpty && !rule.claim.hasSuffix("."))
        for text in [rule.reason, rule.fix] {
            #expect(text.hasSuffix(".") && text.first?.isUppercase == true && text.count > 20)
        }
        #expect(!rule.bad.isEmpty && !rule.good.isEmpty)
        #expect(rule.url.hasPrefix("https://docs.docker.com/go/dockerfile/rule/"))
    }

    @Test("finds what is marked in its bad examples", arguments: names)
    func bad(name: String) throws {
        let rule = try rule(name)
        for example in rule.bad {
            #expect(!example.places.isEmpty)
            #expect(example.findings().filter { $0.rule == rule }.map(\.range.start) == example.places)
        }
    }

    @Test("finds nothing in its good examples, and neither does any other rule", arguments: names)
    func good(name: String) throws {
        for example in try rule(name).good {
            #expect(example.places.isEmpty)
            #expect(example.findings() == [])
            #expect(Dockerfile(parsing: example.text).errors == [])
        }
    }

    @Test("is silent when the file, or the comment above the instruction, skips it", arguments: names)
    func skipped(name: String) throws {
        let rule = try rule(name)
        guard !rule.isExperimental else { return }
        for example in rule.bad {
            let whole = LintRule.Example("# check=skip=\(name)\n\(example.markedText)", ignoreFile: example.ignoreFile)
            #expect(!whole.findings().contains { $0.rule == rule })
            // The mark of a continued line is inside its instruction, where a comment says nothing.
            guard name != "NoEmptyContinuation" else { continue }
            let marked = example.markedText.replacing(
                String(LintRule.Example.mark),
                with: "# check=skip=\(name)\n"
            )
            let above = LintRule.Example(marked, ignoreFile: example.ignoreFile)
            #expect(!above.findings().contains { $0.rule == rule })
        }
    }

    static let hostile: [(title: String, text: String)] = [
        ("nothing", ""), ("a zero byte", "\0"), ("keywords alone", "FROM\nCOPY\nARG\nENV\nEXPOSE\nCMD\nWORKDIR"),
        ("no stage", "RUN x\nCMD y"), ("a loop of stages", "FROM b AS a\nFROM a AS b"),
        ("a name of itself", "FROM a AS a"), ("open braces", "FROM ${a\nENV A=${B\nEXPOSE ${C\nWORKDIR ${D"),
        ("a backslash at the end", "FROM a\nRUN x \\"), ("letters of many bytes", "FROM ä AS Ö\nENV Ü=ß\nEXPOSE é"),
        ("a very long word", "FROM a\nENV " + String(repeating: "A", count: 100_000) + "=$B"),
    ]

    @Test("takes any text", arguments: hostile.map(\.title))
    func survives(title: String) throws {
        let text = try #require(Self.hostile.first { $0.title == title }).text
        let example = LintRule.Example("# check=experimental=all\n" + text, ignoreFile: "*\n")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count + 1
        for finding in example.findings() { #expect((1...lines).contains(finding.range.start.line)) }
    }

    @Test("has a page that says what the declaration says", arguments: names)
    func page(name: String) throws {
        try GoldenFile.check(RulePage(try rule(name)).text, page: "\(RulePage.folder)/\(name).md")
    }

    @Test("stands in the index of the pages, and no other page is there")
    func index() throws {
        try GoldenFile.check(RulePage.index, page: "\(RulePage.folder)/README.md")
        let pages = try Checkout.names(in: RulePage.folder, endingIn: ".md").filter { $0 != "README" }
        #expect(pages == Self.names.sorted())
    }

    @Test(
        "has a page of BuildKit's",
        arguments: [
            ("JSONArgsRecommended", "json-args-recommended"),
            ("FromPlatformFlagConstDisallowed", "from-platform-flag-const-disallowed"),
            ("SecretsUsedInArgOrEnv", "secrets-used-in-arg-or-env"),
        ]
    )
    func url(name: String, page: String) throws {
        #expect(try rule(name).url == "https://docs.docker.com/go/dockerfile/rule/\(page)/")
    }

    @Test("is known by its exact name only", arguments: ["", "all", "stagenamecasing", "StageNameCasing "])
    func unknown(name: String) { #expect(LintRule(rawValue: name) == nil) }
}
