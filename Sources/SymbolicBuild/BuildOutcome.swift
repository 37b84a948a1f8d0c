// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import DockerfileSyntax

/// What a symbolic build came to: the stages as far as they were built, and why it stopped if it did.
public struct BuildOutcome: Sendable {
    /// The Dockerfile as it was read.
    public let dockerfile: Dockerfile
    /// The stages that the target needs and how they depend on each other.
    public let graph: StageGraph
    /// The stages that were built, by their place in the file.
    public let stages: [Int: StageState]
    /// What was done, in order.
    public let steps: [BuildStep]
    /// Why a real build would stop; nil when it would not.
    public let problem: BuildProblem?
    /// All that BuildKit refuses before it builds: errors of syntax and of stages.
    public let errors: [SyntaxError]

    /// The stage that becomes the image; nil when there is none or the build stopped before it.
    public var target: StageState? { graph.target.flatMap { stages[$0] } }

    /// What is not known of the image, stages that it copies from included where they matter.
    public var unknowns: [Unknown] { target?.unknowns ?? [] }

    /// Whether there is an image.
    public var isSuccess: Bool { problem == nil && target != nil }
}
