// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit, docs/build-repro.md: SOURCE_DATE_EPOCH as a build argument.

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
package import SymbolicBuild

/// The time that a build takes for now when `--build-arg SOURCE_DATE_EPOCH` says one: seconds, `context` for the newest file of the
/// build context, or the name of a stage.
package enum SourceDate {
    static let name = "SOURCE_DATE_EPOCH"

    /// Sets the time of a request whose arguments say one.
    ///
    /// - Throws: a `Failure` (`usage`) when the value is none of these.
    package static func set(on request: inout BuildRequest) throws {
        guard let value = request.buildArguments[name], !value.isEmpty else { return }
        if let seconds = Int(value), seconds >= 0 {
            request.epochSeconds = seconds
            return
        }
        if value == "context" {
            var newest = 0
            request.context.tree.walk { _, node in
                if !node.isDirectory { newest = max(newest, node.modificationTime) }
                return true
            }
            request.epochSeconds = min(newest, request.epochSeconds)
            return
        }
        // A stage has no files older than the build that a model of it could tell of.
        if StageGraph(Dockerfile(parsing: request.dockerfile)).stage(named: value) != nil { return }
        throw Failure(
            .usage,
            "invalid SOURCE_DATE_EPOCH: \(value)",
            at: .option("--build-arg \(name)=\(value)"),
            fix: "use seconds since 1970, `context`, or the name of a stage"
        )
    }
}
