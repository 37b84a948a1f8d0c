// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// The file that rules look at, with what stands beside it.
struct LintedFile: Sendable {
    let dockerfile: Dockerfile
    let graph: StageGraph
    /// The build context's ignore file; nil when there is none, or no context.
    let ignore: IgnoreFile?
    /// What the lines before the first stage say when nobody gives a build argument.
    let defaults: GlobalScope

    init(_ dockerfile: Dockerfile, _ graph: StageGraph, ignore: IgnoreFile?) {
        self.dockerfile = dockerfile
        self.graph = graph
        self.ignore = ignore
        var plain = graph.global.parameters
        plain.arguments = [:]
        defaults = GlobalScope(dockerfile, plain)
    }
}
