// SPDX-License-Identifier: Apache-2.0

public import Archives

/// Carries requests out. One owner, one task: connections are kept between requests.
public protocol HTTPTransport: AnyObject {
    /// Carries one request out; a redirect is an answer like any other.
    ///
    /// - Parameter body: is shown the head before the first byte of the body, and says where the body goes. A sink that throws ends
    ///   the transfer.
    /// - Returns: the head, when the body was taken to its end.
    /// - Throws: a `TransportError` when there was no whole answer; what `body` and its sink throw.
    func send(_ request: HTTPRequest, body: (HTTPResponse) throws -> any ByteSink) throws -> HTTPResponse
}
