// SPDX-License-Identifier: Apache-2.0

/// Something that the engine did not understand, kept on the record instead of guessed.
public struct Unknown: Sendable, Hashable, Codable {
    /// What was not understood and what it could have changed, in one sentence.
    public let reason: String
    /// Where it stands in the Dockerfile; nil when it stands elsewhere.
    public let range: SourceRange?
    /// What it could have touched.
    public let scope: Scope

    /// Something unknown, and what it could have touched.
    public init(reason: String, range: SourceRange? = nil, scope: Scope) {
        self.reason = reason
        self.range = range
        self.scope = scope
    }

    /// The first line in the Dockerfile, from 1; nil when it stands elsewhere.
    public var line: Int? { range?.start.line }
}

extension Unknown {
    /// What an unknown could have touched, from the narrowest to the widest.
    public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
        /// Standard output or an exit code only: no file.
        case output
        /// Files, but not accounts or packages.
        case files
        /// An application's folder: its packages, but no accounts and no programs of the system.
        case application
        /// Packages, and with them any file.
        case packages
        /// Anything at all in the image's filesystem, accounts included.
        case filesystem
        /// The base image itself.
        case baseImage
    }
}
