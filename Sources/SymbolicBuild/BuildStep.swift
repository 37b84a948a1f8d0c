// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A vertex of the build as progress shows it: an instruction, or one of the builder's own steps.
public struct BuildStep: Sendable, Hashable {
    /// The name as BuildKit prints it, such as `[builder 2/4] WORKDIR /usr/local/app`.
    public let name: String
    /// What it said, a line each, without line feeds.
    public let log: [String]
    /// How it ended.
    public let state: State
    /// Where the instruction stands; nil for the builder's own steps.
    public let range: SourceRange?

    /// Makes a step from its parts.
    public init(name: String, log: [String] = [], state: State = .done, range: SourceRange? = nil) {
        self.name = name
        self.log = log
        self.state = state
        self.range = range
    }

    /// How a step ended.
    public enum State: Sendable, Hashable {
        case done
        /// It failed with this message.
        case failed(String)
        /// It went on with facts that are not known, for this reason.
        case unknown(String)
    }
}
