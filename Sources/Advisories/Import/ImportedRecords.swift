// SPDX-License-Identifier: Apache-2.0

/// What an importer made of a feed.
struct ImportedRecords: Sendable, Hashable {
    /// What the bytes are.
    let kind: DataSetManifest.File.Kind
    /// The data as the database reads them.
    let bytes: [UInt8]
    /// How many records or ids.
    let count: Int
    /// The newest `modified` among the records, or the catalog's own version; empty when it does not say.
    let asOf: String
    /// How many records each ecosystem has, with its release.
    let ecosystems: [String: Int]
}
