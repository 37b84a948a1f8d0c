// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go.

import Diagnostics

/// The work behind a `StageGraph`, one step after the other.
struct StageGraphBuilder {
    private let dockerfile: Dockerfile
    private let global: GlobalScope
    private var drafts: [Draft] = []
    private(set) var stages: [Stage] = []
    private(set) var target: Int?
    private(set) var built: [Int] = []
    private(set) var errors: [SyntaxError] = []

    private struct Draft {
        let instruction: Instruction
        let from: FromInstruction?
        var instructions: [Instruction] = []
    }

    init(_ dockerfile: Dockerfile, _ global: GlobalScope) {
        self.dockerfile = dockerfile
        self.global = global
    }

    /// Cuts the file at its `FROM` lines. Behind a `FROM` with an error nothing is known, so its lines make no stage.
    mutating func findStages() {
        for instruction in dockerfile.instructions {
            if instruction.keyword == .from {
                guard case .from(let from) = instruction.content else {
                    drafts.append(Draft(instruction: instruction, from: nil))
                    continue
                }
                drafts.append(Draft(instruction: instruction, from: from))
            } else if !drafts.isEmpty {
                drafts[drafts.count - 1].instructions.append(instruction)
            }
        }
        if drafts.isEmpty {
            let range = dockerfile.instructions.last?.range ?? SourceRange(lines: 1...1)
            errors.append(SyntaxError("dockerfile contains no stages to build", at: range))
        }
        drafts.removeAll { $0.from == nil }
    }

    /// Finds out what each stage is built on and what else it needs.
    mutating func resolve() {
        var indexByName: [String: Int] = [:]
        for (index, draft) in drafts.enumerated() {
            if let name = draft.from?.name { indexByName[name] = index }
        }
        var earlier: [String: Int] = [:]
        for (index, draft) in drafts.enumerated() {
            guard let from = draft.from else { continue }
            let (base, undeclared) = self.base(from, earlier)
            var dependencies: [Stage.Dependency] = []
            // What the stage below left for later runs first.
            for instruction in triggers(of: base) + draft.instructions {
                dependencies += self.dependencies(instruction, indexByName)
            }
            stages.append(
                Stage(
                    index: index,
                    from: from,
                    instruction: draft.instruction,
                    instructions: draft.instructions,
                    base: base,
                    platform: platform(from),
                    dependencies: dependencies,
                    undeclared: undeclared
                )
            )
            if let name = from.name { earlier[name] = index }
        }
        checkOrder()
    }

    private func triggers(of base: Stage.Source) -> [Instruction] {
        guard case .stage(let index) = base, drafts.indices.contains(index) else { return [] }
        return drafts[index].instructions.compactMap(\.trigger)
    }

    private mutating func base(_ from: FromInstruction, _ earlier: [String: Int]) -> (Stage.Source, [String]) {
        let expansion: Expansion
        do {
            expansion = try dockerfile.expander.expand(from.image.text, in: global.values)
        } catch {
            errors.append(SyntaxError(error.description, at: from.image.range))
            return (.unknown, [])
        }
        let undeclared = expansion.unset.filter { !global.isKnown($0) }
        let name = expansion.value
        if name.isEmpty {
            errors.append(SyntaxError("base name (\(from.image.text)) should not be blank", at: from.image.range))
            return (.unknown, undeclared)
        }
        if global.parameters.namedContexts.contains(name) { return (.context(name), undeclared) }
        if let index = earlier[name] { return (.stage(index), undeclared) }
        return (name == "scratch" ? .scratch : .image(name), undeclared)
    }

    private mutating func platform(_ from: FromInstruction) -> String? {
        guard let written = from.platform else { return nil }
        do {
            let value = try dockerfile.expander.expand(written, in: global.values).value
            if value.isEmpty {
                errors.append(
                    SyntaxError("empty platform value from expression \(written)", at: from.image.range)
                )
            }
            return value.isEmpty ? nil : value
        } catch {
            errors.append(SyntaxError(error.description, at: from.image.range))
            return nil
        }
    }

    private mutating func dependencies(
        _ instruction: Instruction,
        _ indexByName: [String: Int]
    ) -> [Stage.Dependency] {
        switch instruction.content {
        case .copy(let copy):
            guard let from = copy.from, let range = copy.fromRange, !from.isEmpty else { return [] }
            return [
                Stage.Dependency(
                    kind: .copy,
                    reference: from,
                    source: source(from, indexByName, range),
                    range: range
                )
            ]
        case .run(let run):
            return run.mounts.compactMap { mount in
                guard let from = mount.fields.from, !from.isEmpty else { return nil }
                return Stage.Dependency(
                    kind: .mount,
                    reference: from,
                    source: named(from, indexByName),
                    range: mount.range
                )
            }
        default: return []
        }
    }

    private mutating func source(
        _ reference: String,
        _ indexByName: [String: Int],
        _ range: SourceRange
    ) -> Stage.Source {
        if global.parameters.namedContexts.contains(reference) { return .context(reference) }
        let digits = reference.utf8.first == UInt8(ascii: "-") ? reference.utf8.dropFirst() : reference.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return named(reference, indexByName)
        }
        guard let index = Int(reference), drafts.indices.contains(index) else {
            errors.append(SyntaxError("invalid stage index \(reference)", at: range))
            return .unknown
        }
        return .stage(index)
    }

    private func named(_ reference: String, _ indexByName: [String: Int]) -> Stage.Source {
        if global.parameters.namedContexts.contains(reference) { return .context(reference) }
        if let index = indexByName[reference.lowercased()] { return .stage(index) }
        return reference == "scratch" ? .scratch : .image(reference)
    }

    /// Refuses loops, and what is taken from a stage that comes only later.
    private mutating func checkOrder() {
        if let index = StageOrder(stages.map(\.stageDependencies)).stageInLoop {
            let stage = stages[index]
            errors.append(
                SyntaxError(
                    "circular dependency detected on stage: \(stage.name ?? String(index))",
                    at: stage.instruction.range
                )
            )
            return
        }
        for stage in stages {
            for dependency in stage.dependencies {
                guard case .stage(let index) = dependency.source, index >= stage.index else { continue }
                errors.append(
                    SyntaxError(
                        "cannot copy from stage \(dependency.reference.quoted), it needs to be defined before current "
                            + "stage \((stage.name ?? String(stage.index)).quoted)",
                        at: dependency.range
                    )
                )
            }
        }
    }

    /// Finds the stage to build and those that it needs.
    mutating func findTarget() {
        guard !stages.isEmpty else { return }
        if let wanted = global.parameters.target, !wanted.isEmpty {
            let lowered = wanted.lowercased()
            guard let index = stages.lastIndex(where: { $0.name == lowered }) else {
                let message = Suggestion.extending(
                    "target stage \(wanted.quoted) could not be found",
                    for: lowered,
                    among: stages.compactMap(\.name).sorted()
                )
                errors.append(SyntaxError(message, at: SourceRange(lines: 1...1)))
                return
            }
            target = index
        } else {
            target = stages.count - 1
        }
        var found: Set<Int> = []
        var open = target.map { [$0] } ?? []
        while let index = open.popLast() {
            guard stages.indices.contains(index), found.insert(index).inserted else { continue }
            open += stages[index].stageDependencies
        }
        built = found.sorted()
    }
}
