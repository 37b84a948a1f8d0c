// SPDX-License-Identifier: Apache-2.0

/// There was no whole answer.
public struct TransportError: Error, Sendable, Hashable {
    /// What kept it back.
    public let kind: Kind
    /// What the HTTP library says about it, for people.
    public let detail: String

    /// A request without a whole answer.
    public init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// What keeps answers back.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// The host's name means nothing.
        case unresolved
        /// Nobody listens, or the socket may not be opened.
        case refused
        /// It took too long, or stood still.
        case timedOut
        /// The connection ended in the middle.
        case broken
        /// The certificate is not trusted, or encryption could not be agreed on.
        case untrusted
        /// What came is no HTTP.
        case malformed
        /// Anything else.
        case other
    }

    /// Whether the same request may well succeed a little later.
    var isPassing: Bool { kind == .timedOut || kind == .broken }
}
