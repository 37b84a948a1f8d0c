// SPDX-License-Identifier: Apache-2.0
//
// Source: OSV schema 1.7.5.

import Diagnostics
import JSONValues

/// Reads OSV records: JSON objects, arrays of them, or NDJSON.
struct OSVImporter: AdvisoryImporter {
    var name: String { "osv" }

    func records(in files: [FeedFile], warnings: inout [Finding]) -> ImportedRecords? {
        var output: [UInt8] = []
        var ecosystems: [String: Int] = [:]
        var newest = ""
        var count = 0
        for file in files {
            OSVReader.forEachValue(in: file.bytes, file: file.name, warnings: &warnings) { value, _, line, warnings in
                guard let record = OSVReader.record(from: value, file: file.name, line: line, warnings: &warnings)
                else { return }
                output += value.bytes(indented: false).filter { $0 != 0x0A } + [0x0A]
                count += 1
                newest = max(newest, record.modified)
                for ecosystem in Set(record.affected.compactMap { $0.ecosystem?.description }) {
                    ecosystems[ecosystem, default: 0] += 1
                }
            }
        }
        guard count > 0 else { return nil }
        return ImportedRecords(
            kind: .osv,
            bytes: output,
            count: count,
            asOf: String(newest.prefix(10)),
            ecosystems: ecosystems
        )
    }
}
