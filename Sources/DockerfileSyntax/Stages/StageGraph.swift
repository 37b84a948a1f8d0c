// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, toDispatchState and hasCircularDependency.

import Diagnostics

/// The stages of a Dockerfile and what each needs.
public struct StageGraph: Sendable, Hashable {
    /// The stages in order.
    public let stages: [Stage]
    /// What is known before the first stage.
    public let global: GlobalScope
    /// The stage to build; nil when there is none of that name, or no stage at all.
    public let target: Int?
    /// The stages that the target needs, itself among them, by number, in order.
    public let built: [Int]
    /// What BuildKit refuses, in order of place.
    public let errors: [SyntaxError]

    /// Finds the stages of a Dockerfile.
    public init(_ dockerfile: Dockerfile, _ parameters: BuildParameters = BuildParameters()) {
        let global = GlobalScope(dockerfile, parameters)
        var builder = StageGraphBuilder(dockerfile, global)
        builder.findStages()
        builder.resolve()
        builder.findTarget()
        self.global = global
        stages = builder.stages
        target = builder.target
        built = builder.built
        errors = (global.errors + builder.errors).sorted { $0.range.start < $1.range.start }
    }

    /// The stage of a name (capitals do not matter; of two with one name the last); nil when there is none.
    public func stage(named name: String) -> Stage? {
        let lowered = name.lowercased()
        return stages.last { $0.name == lowered }
    }

    /// A stage and the stages that it stands on, itself first; what the last of them is built on is no stage. Empty when there
    /// is no stage of that number.
    public func chain(of index: Int) -> [Stage] {
        var chain: [Stage] = []
        var next: Int? = index
        while let index = next, stages.indices.contains(index) {
            chain.append(stages[index])
            // Only a stage above it can be one's base, so this comes to an end.
            if case .stage(let below) = stages[index].base, below < index { next = below } else { next = nil }
        }
        return chain
    }
}
