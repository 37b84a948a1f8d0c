// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

extension Stage {
    /// Something that an instruction of a stage takes from elsewhere.
    public struct Dependency: Sendable, Hashable {
        /// Which way.
        public let kind: Kind
        /// The reference as written.
        public let reference: String
        /// What it means.
        public let source: Source
        /// Where it stands.
        public let range: SourceRange

        /// The ways to take something.
        public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
            /// `COPY --from`.
            case copy
            /// `RUN --mount=from=…`.
            case mount
        }
    }
}
