// SPDX-License-Identifier: Apache-2.0

// Source: Docker's documentation of the approved base images policy.

public import OCISpec

/// A pattern for image references, such as `docker.io/library/node:*-slim`.
///
/// `*` stands for any text, also for none, up to what follows it in the pattern or to the end. The registry must be written, for
/// Docker Hub as `docker.io/`.
public struct ReferencePattern: Sendable, Hashable, Codable {
    /// The pattern as written.
    public let text: String

    /// Takes the pattern.
    public init(_ text: String) { self.text = text }

    /// Whether a reference (with registry and tag, without digest) is meant.
    public func matches(_ reference: ImageReference) -> Bool {
        let full = reference.withDefaultTag
        return matches(full.name + (full.tag.map { ":" + $0 } ?? ""))
    }

    /// Whether a whole text is meant; takes time in proportion to pattern times text at most.
    func matches(_ candidate: String) -> Bool {
        let pattern = Array(text.utf8)
        let bytes = Array(candidate.utf8)
        var (place, position) = (0, 0)
        var retry: (place: Int, position: Int)?
        while position < bytes.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                retry = (place + 1, position)
                place += 1
            } else if place < pattern.count, pattern[place] == bytes[position] {
                place += 1
                position += 1
            } else if let last = retry {
                retry = (last.place, last.position + 1)
                (place, position) = (last.place, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
