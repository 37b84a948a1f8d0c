// SPDX-License-Identifier: Apache-2.0

import OCISpec

/// The digests of the kit's models, which are the same on every machine.
struct ModelTable: Sendable {
    /// All of them, sorted by identifier.
    let all: [Model]

    /// The digests of one model.
    struct Model: Sendable, Hashable {
        /// The image's identifier in the kit.
        let id: String
        /// The day of its facts.
        let asOf: String
        /// The manifest's digest.
        let manifestDigest: Digest
        /// The configuration's digest.
        let configDigest: Digest
        /// The layers, the lowest first.
        let diffIDs: [Digest]

        /// The digests by which people may name it.
        var digests: [Digest] { [manifestDigest, configDigest] }
    }

    /// Reads `models.kit`; a line that is not whole is left out.
    init(_ records: [KitRecord]) {
        all = records.compactMap { record in
            guard record.kind == "I", let manifest = try? Digest(parsing: "sha256:" + record[2]),
                let config = try? Digest(parsing: "sha256:" + record[3])
            else { return nil }
            let layers = record.words(4).compactMap { try? Digest(parsing: "sha256:" + $0) }
            guard layers.count == record.words(4).count else { return nil }
            return Model(
                id: record[0],
                asOf: record[1],
                manifestDigest: manifest,
                configDigest: config,
                diffIDs: layers
            )
        }
    }

    /// The images' identifiers by manifest and configuration.
    var identifiers: [Digest: String] {
        var identifiers: [Digest: String] = [:]
        for model in all {
            for digest in model.digests { identifiers[digest] = model.id }
        }
        return identifiers
    }
}
