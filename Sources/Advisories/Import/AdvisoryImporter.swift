// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// Reads one form of advisory data that people add.
///
/// An implementation says no to what is not in its form, leaves out single bad records with a warning, never traps on any
/// bytes, and translates into what the database keeps: OSV records, or ids that are known to be exploited.
protocol AdvisoryImporter: Sendable {
    /// The form's name, for messages and tests.
    var name: String { get }

    /// What the files hold; nil when they are not in this form or hold no record.
    func records(in files: [FeedFile], warnings: inout [Finding]) -> ImportedRecords?
}

/// A file of a feed, with its name for warnings.
struct FeedFile: Sendable {
    let name: String
    let bytes: [UInt8]
}
