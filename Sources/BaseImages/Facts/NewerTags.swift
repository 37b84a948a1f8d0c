// SPDX-License-Identifier: Apache-2.0

/// Tells a tag that a list of one day does not have because it is too old from one that may have come since.
///
/// A list is not the world: a version, or a release of a system, that is newer than all of the list is not on it yet, and a word
/// that nobody knows may be either. Only what is certainly older was taken off.
struct NewerTags {
    private let listed: [Shape]
    private let endedNames: Set<String>

    /// Takes the tags of the list, and the code names of releases that have ended.
    init(_ tags: [String], endedNames: Set<String> = []) {
        listed = tags.map(Shape.init)
        self.endedNames = endedNames
    }

    /// Whether a tag that is not on the list is of a version or a system older than what the list has.
    func isOlder(_ tag: String) -> Bool {
        let shape = Shape(tag)
        if shape.words.contains(where: endedNames.contains) { return true }
        if let system = shape.alpine {
            let known = listed.compactMap(\.alpine)
            if let oldest = known.min(by: { $0.lexicographicallyPrecedes($1) }),
                system.lexicographicallyPrecedes(oldest)
            {
                return true
            }
            if let newest = known.max(by: { $0.lexicographicallyPrecedes($1) }),
                newest.lexicographicallyPrecedes(system)
            {
                return false
            }
        }
        guard !shape.version.isEmpty else { return false }
        let lines = listed.map(\.version).filter { !$0.isEmpty }
        guard let newest = lines.max(by: { $0.lexicographicallyPrecedes($1) }) else { return false }
        if newest.lexicographicallyPrecedes(shape.version) { return false }
        // A version of the list, in a form that the list does not have, or not yet.
        return !lines.contains(shape.version)
    }

    /// A tag taken apart: `24.19.0-alpine3.22` is the version 24.19.0 on Alpine 3.22.
    private struct Shape {
        let version: [Int]
        /// The release of Alpine that it names; nil when it names none.
        let alpine: [Int]?
        /// What else stands in it.
        let words: [String]

        init(_ tag: String) {
            var parts = tag.split(separator: "-").map(String.init)
            let numbers = parts.first.flatMap(Self.numbers)
            version = numbers ?? []
            if numbers != nil { parts.removeFirst() }
            let systems = parts.filter { $0.hasPrefix("alpine") }
            alpine = systems.lazy.compactMap { Self.numbers(String($0.dropFirst("alpine".count))) }.first
            words = parts.filter { !$0.hasPrefix("alpine") || $0 == "alpine" }
        }

        private static func numbers(_ text: String) -> [Int]? {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            // Days, such as 20260805, are no versions.
            guard (1...4).contains(parts.count), parts.allSatisfy({ $0.map { (0..<10_000).contains($0) } ?? false })
            else { return nil }
            return parts.compactMap(\.self)
        }
    }
}
