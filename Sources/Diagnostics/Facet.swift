// SPDX-License-Identifier: Apache-2.0

/// A part of an image, also of a base image, that may be known while another is not.
///
/// Whoever judges an image names the facets that the judgement rests on; where one of them is not known, so is the judgement.
public enum Facet: String, Sendable, Hashable, Codable, CaseIterable {
    /// What a container starts with: environment, user, entrypoint, command, labels.
    case configuration
    /// Who is in `/etc/passwd` and `/etc/group`.
    case accounts
    /// Which files there are, and what they hold.
    case files
    /// What is installed.
    case packages
    /// What is recorded of the image beside itself: tags, digests, attestations, ends of life.
    case history
}

extension Facet: Comparable {
    /// Orders as they are declared, from the smallest part to know to the widest.
    public static func < (left: Facet, right: Facet) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
