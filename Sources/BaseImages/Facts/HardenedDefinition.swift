// SPDX-License-Identifier: Apache-2.0

// Source: docker-hardened-images/catalog, image/*/, 2026-08-22.

/// A definition of the hardened images' catalog, as far as facts are kept of it.
struct HardenedDefinition: Sendable, Hashable {
    /// Its system and file, such as `alpine-3.22/24.yaml`.
    let file: String
    /// `dev` or `runtime`.
    let variant: String
    /// The user that it runs as.
    let user: String
    /// The day on which it ends, `YYYY-MM-DD`; nil when none is recorded.
    let endOfLife: String?

    /// Reads a file of `facts/hardened/`: the definitions by tag.
    static func table(_ records: [KitRecord]) -> [String: HardenedDefinition] {
        var table: [String: HardenedDefinition] = [:]
        for record in records where record.kind == "D" {
            let definition = HardenedDefinition(
                file: record[0] + "/" + record[1],
                variant: record[2],
                user: record[3],
                endOfLife: record[5].isEmpty ? nil : record[5]
            )
            for tag in record.words(6) { table[tag] = definition }
        }
        return table
    }
}
