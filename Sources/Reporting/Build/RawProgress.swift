// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit client.SolveStatus, which buildx writes line by line with `--progress rawjson`.

import Archives
import CivilTime
import Foundation
import JSONValues
import OCISpec
public import SymbolicBuild

/// The steps of a build as one JSON object a line.
public enum RawProgress {
    private struct Status: Encodable {
        let vertexes: [Vertex]
        let logs: [Log]?
    }

    private struct Vertex: Encodable {
        let digest: String
        let name: String
        let started: String
        let completed: String
        let error: String?
    }

    private struct Log: Encodable {
        let vertex: String
        let stream: Int
        let data: Data
        let timestamp: String
    }

    /// A line for each step, in order, all at the build's one time.
    public static func render(_ steps: [BuildStep], epochSeconds: Int) throws -> [UInt8] {
        let time = Instant(epochSeconds: epochSeconds).rfc3339()
        var output: [UInt8] = []
        for (index, step) in steps.enumerated() {
            let digest = Digest.sha256(of: Array("\(index) \(step.name)".utf8)).description
            var error: String?
            if case .failed(let message) = step.state { error = message }
            let vertex = Vertex(digest: digest, name: step.name, started: time, completed: time, error: error)
            let logs = step.log.map { line in
                Log(vertex: digest, stream: 1, data: Data((line + "\n").utf8), timestamp: time)
            }
            output += try JSONWriter.bytes(of: Status(vertexes: [vertex], logs: logs.isEmpty ? nil : logs))
            output.append(0x0A)
        }
        return output
    }
}
