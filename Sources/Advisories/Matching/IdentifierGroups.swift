// SPDX-License-Identifier: Apache-2.0

/// Sets of names that mean the same flaw, joined pair by pair (union-find).
struct IdentifierGroups {
    private var parent: [String: String] = [:]

    /// Joins two names and all that each was joined with.
    mutating func join(_ left: String, _ right: String) {
        let one = root(left)
        let other = root(right)
        guard one != other else { return }
        // The smaller text becomes the root, so that the result does not depend on the order of joining.
        parent[max(one, other)] = min(one, other)
    }

    /// The name that stands for the whole set.
    mutating func root(_ name: String) -> String {
        var current = name
        while let next = parent[current] { current = next }
        var walker = name
        while let next = parent[walker], next != current {
            parent[walker] = current
            walker = next
        }
        return current
    }
}
