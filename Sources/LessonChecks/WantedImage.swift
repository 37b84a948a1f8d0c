// SPDX-License-Identifier: Apache-2.0

/// An image that a lesson asks for by its name, whoever's namespace it is in.
public struct WantedImage: Sendable, Hashable {
    /// The repository, or its last parts.
    public let repository: String
    /// The tag; nil for any.
    public let tag: String?

    /// Whether an image of the local store is meant.
    public func matches(repository other: String, tag otherTag: String?) -> Bool {
        (other == repository || other.hasSuffix("/" + repository)) && (tag == nil || otherTag == tag)
    }
}
