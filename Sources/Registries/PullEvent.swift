// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// What happens while an image is fetched, in order.
public enum PullEvent: Sendable, Hashable {
    /// The reference leads to this index or manifest.
    case resolved(Descriptor)
    /// A blob is here already.
    case held(Descriptor)
    /// So many bytes of a blob are here; said for every piece that comes.
    case receiving(Descriptor, bytes: Int)
    /// A blob is here, and it is what its digest says.
    case received(Descriptor)
    /// So many bytes of an engine's archive are here; nobody knows how many there will be.
    case receivingArchive(bytes: Int)
    /// The same is asked again after so many seconds.
    case waiting(seconds: Int, why: String)
    /// The index names an attestation that the registry does not have; the image comes without it.
    case attestationAbsent(Digest)
}
