// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax

/// The one walk over a file, for all rules together.
struct LintWalk {
    private let file: LintedFile
    private var runs: [RuleRun]

    /// A rule at work.
    private struct RuleRun {
        private var rule: any DockerfileRule
        private(set) var findings: RuleFindings

        init(_ type: any DockerfileRule.Type, _ control: LintControl) {
            rule = type.init()
            findings = RuleFindings(type.rule, control)
        }

        mutating func visit(line instruction: Instruction) { rule.visit(line: instruction, &findings) }

        mutating func visit(_ stage: Stage, in file: LintedFile) {
            findings.moment = .stage
            rule.visit(stage, in: file, &findings)
        }

        mutating func visit(_ instruction: Instruction, in scope: LintScope) {
            findings.moment = .instruction
            rule.visit(instruction, in: scope, &findings)
        }

        mutating func finish() {
            findings.moment = .line
            rule.finish(&findings)
        }
    }

    init(_ file: LintedFile, _ rules: [any DockerfileRule.Type], _ control: LintControl) {
        self.file = file
        runs = rules.map { RuleRun($0, control) }
    }

    /// Goes through the file once.
    ///
    /// - Parameters:
    ///   - wanted: the stages whose instructions are looked at; the others are gone through, for some build on them.
    ///   - base: what is known of a base image.
    mutating func run(_ wanted: Set<Int>, _ base: (String) -> DockerfileLinter.Base?) {
        for instruction in file.dockerfile.instructions {
            for index in runs.indices { runs[index].visit(line: instruction) }
        }
        var ends: [Int: LintScope] = [:]
        for stage in file.graph.stages {
            for index in runs.indices { runs[index].visit(stage, in: file) }
            var scope = start(stage, ends, base)
            for instruction in stage.instructions {
                if wanted.contains(stage.index) {
                    for index in runs.indices { runs[index].visit(instruction, in: scope) }
                }
                scope.apply(instruction)
            }
            ends[stage.index] = scope
        }
        for index in runs.indices { runs[index].finish() }
    }

    private func start(
        _ stage: Stage,
        _ ends: [Int: LintScope],
        _ base: (String) -> DockerfileLinter.Base?
    ) -> LintScope {
        if case .stage(let index) = stage.base, let below = ends[index] { return below }
        if case .image(let name) = stage.base { return LintScope(file, base: base(name)) }
        return LintScope(file, base: nil)
    }

    /// What all rules found, each thing once, in the order of the lines.
    var findings: [LintFinding] {
        var seen: Set<LintFinding> = []
        let entries = runs.enumerated().flatMap { order, run in
            run.findings.entries.map { (order: order, entry: $0) }
        }
        .filter { seen.insert($0.entry.finding).inserted }
        return entries.enumerated().sorted { left, right in
            let (a, b) = (left.element.entry, right.element.entry)
            return (a.finding.range.start, a.moment.rawValue, a.part, left.element.order, left.offset)
                < (b.finding.range.start, b.moment.rawValue, b.part, right.element.order, right.offset)
        }
        .map(\.element.entry.finding)
    }
}
