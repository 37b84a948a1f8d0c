// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// One rule for Dockerfiles: its declaration, and a fold over the file that finds where it is broken.
///
/// The walk makes a new value for each file. It shows it every instruction as a line; then each stage, and behind it what stands
/// in the stage, with what is known there; and at the end it asks for what only the end shows. An implementation keeps what it
/// has to remember in its properties, looks at nothing but what it is shown, and takes time in proportion to it.
protocol DockerfileRule: Sendable {
    /// What it asks for and why, with examples.
    static var rule: LintRule { get }

    /// Starts on a file.
    init()

    /// Looks at an instruction as it is written, before anything of the file is worked out.
    mutating func visit(line instruction: Instruction, _ findings: inout RuleFindings)

    /// Looks at the `FROM` of a stage, whether the stage is built or not.
    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings)

    /// Looks at an instruction of a stage that is built.
    ///
    /// - Parameter scope: what is known before the instruction.
    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings)

    /// Says what only the whole file shows; it counts as said of the lines.
    mutating func finish(_ findings: inout RuleFindings)
}

extension DockerfileRule {
    mutating func visit(line instruction: Instruction, _ findings: inout RuleFindings) {}
    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {}
    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {}
    mutating func finish(_ findings: inout RuleFindings) {}
}
