// SPDX-License-Identifier: Apache-2.0

/// The importers, a line each, in the order in which they are asked; the last one's warnings are those that people see.
enum AdvisoryImporterRegistry {
    static let all: [any AdvisoryImporter] = [
        KnownExploitedImporter(),
        OSVImporter(),
    ]
}
