// SPDX-License-Identifier: Apache-2.0

// Source: docker-library/official-images, library/*, 2026-08-21 and its history since 2023-06.

/// The supported tags of an official repository, and those that were dropped.
struct SupportedTags: Sendable {
    /// The tags on the list.
    let supported: Set<String>
    /// The day on which a tag was dropped.
    let dropped: [String: String]
    /// The tags on the list by the folder that they are built from: those of one folder are one image.
    let folders: [String: [String]]

    /// Reads a file of `facts/tags/`: supported tags (`S`) by folder, dropped tags (`X`) by day.
    init(_ records: [KitRecord]) {
        var supported: Set<String> = []
        var dropped: [String: String] = [:]
        var folders: [String: [String]] = [:]
        for record in records {
            switch record.kind {
            case "S":
                supported.formUnion(record.words(1))
                folders[record[0], default: []] += record.words(1)
            case "X": for tag in record.words(1) { dropped[tag] = record[0] }
            default: continue
            }
        }
        self.supported = supported
        self.dropped = dropped
        self.folders = folders
    }
}
