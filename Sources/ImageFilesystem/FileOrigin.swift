// SPDX-License-Identifier: Apache-2.0

/// The instruction of a Dockerfile that made a file.
public struct FileOrigin: Sendable, Hashable {
    /// The stage's place in the Dockerfile, from 0.
    public let stage: Int
    /// The instruction's first line, from 1.
    public let line: Int

    /// Takes the place as it is.
    public init(stage: Int, line: Int) {
        self.stage = stage
        self.line = line
    }
}
