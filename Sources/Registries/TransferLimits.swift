// SPDX-License-Identifier: Apache-2.0

// Source: the distribution specification 1.1 (manifests up to 4 MiB), distribution's registry, BuildKit's bound of attestations.

public import Diagnostics

/// How much a server may send, how often it is asked again, and how long it is waited for.
///
/// Only waiting knows a clock here: what a server sends is bounded by bytes and numbers, so that it comes out the same everywhere.
public struct TransferLimits: Sendable, Hashable {
    /// What images may have in all: bytes, entries, depth.
    public var image: Limits
    /// Bytes of a manifest or an index.
    public var manifestBytes = 4 << 20
    /// Bytes of an image's configuration.
    public var configurationBytes = 8 << 20
    /// Bytes of an answer with a token, or of one that says what is wrong.
    public var answerBytes = 256 << 10
    /// Bytes of the head of an answer.
    public var headBytes = 64 << 10
    /// Fields of the head of an answer.
    public var headFields = 200
    /// Manifests of one index.
    public var manifests = 2_000
    /// Layers of one image, or statements of one attestation manifest; Docker takes 127.
    public var layers = 256
    /// Attestation manifests that come along with an image.
    public var attestations = 16
    /// How deep indexes may be nested.
    public var indexDepth = 3
    /// How many redirects are followed for one request.
    public var redirects = 5
    /// How often a request is sent in all when the server is busy or the connection breaks.
    public var attempts = 4
    /// The longest wait that a server may ask for, in seconds.
    public var retrySeconds = 60
    /// Seconds for a connection.
    public var connectSeconds = 15
    /// Seconds for a whole document.
    public var documentSeconds = 60
    /// Seconds below `stallBytes` a second until a transfer counts as standing still.
    public var stallSeconds = 30
    /// Bytes a second that a transfer must reach.
    public var stallBytes = 256

    /// The defaults, for images under these limits.
    public init(_ image: Limits) { self.image = image }
}
