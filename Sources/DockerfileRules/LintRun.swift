// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, validations.go; instructions/parse.go.

import Diagnostics
import DockerfileSyntax

/// One pass of the linter.
struct LintRun {
    let dockerfile: Dockerfile
    let graph: StageGraph
    private let control: LintControl
    private(set) var findings: [LintFinding] = []

    init(_ dockerfile: Dockerfile, _ graph: StageGraph, _ control: LintControl) {
        self.dockerfile = dockerfile
        self.graph = graph
        self.control = control
    }

    /// Puts a finding on the record unless the file, or the comment above the instruction, skips its rule.
    mutating func report(_ rule: LintRule, _ detail: String, _ instruction: Instruction, at range: SourceRange? = nil) {
        var control = control
        for comment in instruction.comments where comment.text.hasPrefix("check=") {
            guard let own = try? LintControl(parsing: String(comment.text.dropFirst("check=".count))) else { continue }
            control = control.adding(own)
        }
        guard control.counts(rule) else { return }
        findings.append(LintFinding(rule: rule, detail: detail, range: range ?? instruction.range))
    }

    /// What the lines themselves show.
    mutating func checkLines() {
        for instruction in dockerfile.instructions {
            if !instruction.emptyContinuationLines.isEmpty {
                report(
                    .noEmptyContinuation,
                    "Empty continuation line",
                    instruction,
                    at: SourceRange(lines: instruction.endLine...instruction.endLine)
                )
            }
            let name = instruction.keywordToken.text
            switch instruction.content {
            case .maintainer:
                report(
                    .maintainerDeprecated,
                    "Maintainer instruction is deprecated in favor of using label",
                    instruction
                )
            case .env(let pairs) where pairs.isLegacy, .label(let pairs) where pairs.isLegacy:
                report(
                    .legacyKeyValueFormat,
                    "\"\(name) key=value\" should be used instead of legacy \"\(name) key value\" format",
                    instruction
                )
            case .arg(let arg):
                for declaration in arg.declarations {
                    checkDescription("ARG", declaration.name.text, instruction)
                }
            default: continue
            }
        }
    }

    /// The comment right above something with a name begins with that name.
    private mutating func checkDescription(_ what: String, _ name: String, _ instruction: Instruction) {
        guard let comment = instruction.comments.last, !comment.text.hasPrefix("check=") else { return }
        let first = comment.text.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
        guard first != name else { return }
        report(
            .invalidDefinitionDescription,
            "Comment for \(what) should follow the format: `# \(name) <description>`",
            instruction
        )
    }

    private enum Casing { case lower, upper, mixed }

    private func casing(_ word: String) -> Casing {
        if word == word.lowercased() { return .lower }
        return word == word.uppercased() ? .upper : .mixed
    }

    /// All instructions are written in the way that most are; the arguments before the first stage do not count.
    mutating func checkCasing() {
        let instructions = Array(dockerfile.instructions.drop { $0.keyword != .from }.filter { $0.keyword != nil })
        let casings = instructions.map { casing($0.keywordToken.text) }
        let isLower = casings.filter { $0 == .lower }.count > casings.filter { $0 == .upper }.count
        for (instruction, casing) in zip(instructions, casings) where casing != (isLower ? .lower : .upper) {
            let wanted = isLower ? "lowercase" : "uppercase"
            report(
                .consistentInstructionCasing,
                "Command '\(instruction.keywordToken.text)' should match the case of the command majority (\(wanted))",
                instruction
            )
        }
    }

    /// The names of the stages.
    mutating func checkStageNames() {
        var seen: Set<String> = []
        for stage in graph.stages {
            if let token = stage.from.nameToken, let name = stage.name {
                if token.text != name {
                    report(.stageNameCasing, "Stage name '\(token.text)' should be lowercase", stage.instruction)
                }
                if name == "scratch" || name == "context" {
                    report(
                        .reservedStageName,
                        "Stage name should not use the same name as reserved stage \(name.quoted)",
                        stage.instruction
                    )
                }
                if !seen.insert(name).inserted {
                    report(
                        .duplicateStageName,
                        "Duplicate stage name \(name.quoted), stage names should be unique",
                        stage.instruction
                    )
                }
                checkDescription("FROM", name, stage.instruction)
            }
            let from = stage.instruction.keywordToken.text
            guard let word = stage.from.asKeyword?.text, casing(from) != .mixed, casing(word) != casing(from) else {
                continue
            }
            report(.fromAsCasing, "'\(word)' and '\(from)' keywords' casing do not match", stage.instruction)
        }
    }

    /// Names and platforms of the base images.
    mutating func checkBases() {
        var plain = graph.global.parameters
        plain.arguments = [:]
        let defaults = GlobalScope(dockerfile, plain)
        let options = graph.global.values.keys.sorted()
        for stage in graph.stages {
            var names: [String] = []
            for word in [stage.from.image.text, stage.from.platform ?? ""] {
                guard let expansion = try? dockerfile.expander.expand(word, in: graph.global.values) else { continue }
                names += expansion.unset.filter {
                    !graph.global.isKnown($0) && !expansion.unsetWithFallback.contains($0)
                }
            }
            for name in names {
                report(
                    .undefinedArgInFrom,
                    Suggestion.extending("FROM argument '\(name)' is not declared", for: name, among: options),
                    stage.instruction
                )
            }
            let written = stage.from.image.text
            if let name = try? dockerfile.expander.expand(written, in: defaults.values).value,
                !Self.mayBeReference(name)
            {
                report(
                    .invalidDefaultArgInFrom,
                    "Default value for ARG \(written) results in empty or invalid base image name",
                    stage.instruction
                )
            }
            checkPlatform(stage)
        }
    }

    private mutating func checkPlatform(_ stage: Stage) {
        guard let written = stage.from.platform, !written.isEmpty else { return }
        if written == "$TARGETPLATFORM" || written == "${TARGETPLATFORM}" {
            report(
                .redundantTargetPlatform,
                "Setting platform to predefined \(written) in FROM is redundant as this is the default behavior",
                stage.instruction
            )
        }
        guard !written.utf8.contains(UInt8(ascii: "$")) else { return }
        // A stage that is named after the platform means what it says.
        let parts = written.lowercased().split(separator: "/").prefix(2)
        if let name = stage.name, parts.contains(where: { name.contains($0) }) { return }
        report(
            .fromPlatformFlagConstDisallowed,
            "FROM --platform flag should not use constant value \(written.quoted)",
            stage.instruction
        )
    }

    /// Whether a text can name an image or a stage: no capitals but in a registry's name, and none of the parts empty.
    private static func mayBeReference(_ text: String) -> Bool {
        let front = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = front.first, !name.isEmpty, front.count == 1 || !front[1].isEmpty else { return false }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }), let last = parts.last else { return false }
        let tagged = last.split(separator: ":", omittingEmptySubsequences: false)
        guard tagged.count <= 2, tagged.allSatisfy({ !$0.isEmpty }), let base = tagged.first else { return false }
        func isName(_ part: Substring) -> Bool {
            guard let first = part.utf8.first, let last = part.utf8.last else { return false }
            func isAlphanumeric(_ byte: UInt8) -> Bool {
                byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
            }
            return isAlphanumeric(first) && isAlphanumeric(last)
                && part.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
        }
        func isTag(_ tag: Substring) -> Bool {
            guard let first = tag.first, first != ".", first != "-", tag.utf8.count <= 128 else { return false }
            return tag.utf8.allSatisfy {
                $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || "._-".utf8.contains($0)
            }
        }
        var folders = parts.dropLast()
        if let domain = folders.first,
            domain.contains(".") || domain.contains(":") || domain == "localhost" || domain.lowercased() != domain
        {
            folders = folders.dropFirst()
        }
        return folders.allSatisfy(isName) && isName(base) && (tagged.count == 1 || isTag(tagged[1]))
    }
}
