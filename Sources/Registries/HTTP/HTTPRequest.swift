// SPDX-License-Identifier: Apache-2.0

/// What is asked of a server.
public struct HTTPRequest: Sendable, Hashable {
    /// The address.
    public var url: HTTPURL
    /// The fields of its head.
    public var fields: [HTTPField]
    /// The form that is sent; nil for a request that only asks.
    public var form: String?
    /// The socket of this machine that is asked in the place of the host; nil for the network.
    public var socketPath: String?
    /// How many seconds the whole answer may take; nil where only standing still is bounded.
    public var seconds: Int?

    /// A request that asks.
    public init(_ url: HTTPURL, fields: [HTTPField] = [], seconds: Int? = nil) {
        self.url = url
        self.fields = fields
        self.seconds = seconds
    }
}
