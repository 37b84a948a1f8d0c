// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import Testing

@testable import DockerfileRules

/// A Dockerfile with marks where one rule has to find something.
struct RuleRow: CustomTestStringConvertible {
    /// What the row shows, in a few words.
    let title: String
    let example: LintRule.Example

    init(_ title: String, _ markedText: String, ignoreFile: String? = nil) {
        self.title = title
        example = LintRule.Example(markedText, ignoreFile: ignoreFile)
    }

    var testDescription: String { title }

    /// Holds what the rule finds against the marks.
    func check(_ rule: any DockerfileRule.Type, sourceLocation: SourceLocation = #_sourceLocation) {
        let found = example.findings().filter { $0.rule == rule.rule }
        #expect(found.map(\.range.start) == example.places, sourceLocation: sourceLocation)
    }
}

extension LintRule.Example {
    /// Where the marks stand, in the order of the text.
    var places: [SourcePosition] {
        var places: [SourcePosition] = []
        var (line, column) = (1, 1)
        for character in markedText {
            switch character {
            case Self.mark: places.append(SourcePosition(line: line, column: column))
            case "\n": (line, column) = (line + 1, 1)
            default: column += character.utf8.count
            }
        }
        return places
    }

    /// What the linter finds in it, of all rules.
    func findings() -> [LintFinding] {
        let dockerfile = Dockerfile(parsing: text)
        let ignore = ignoreFile.flatMap { try? IgnoreFile(parsing: Array($0.utf8)) }
        return DockerfileLinter(dockerfile, StageGraph(dockerfile), ignore: ignore).findings
    }
}
