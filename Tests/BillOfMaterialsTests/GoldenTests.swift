// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import BillOfMaterials

/// Compares what is written with files of `Tests/Snapshots`; `RECORD_SNAPSHOTS=1` writes them anew and then fails.
@Suite("Golden documents")
struct GoldenTests {
    static func documents() throws -> [(name: String, bytes: [UInt8])] {
        [
            ("document.spdx.json", SPDXWriter.write(SBOMTests.document)),
            ("document.cdx15.json", CycloneDXWriter.write(SBOMTests.document, version: .v15)),
            ("document.cdx16.json", CycloneDXWriter.write(SBOMTests.document, version: .v16)),
            ("provenance-v1-max.json", ProvenanceWriter.predicate(of: try ProvenanceTests.full())),
            ("provenance-v1-min.json", ProvenanceWriter.predicate(of: try ProvenanceTests.full(), mode: .min)),
            ("provenance-v0.2-max.json", ProvenanceWriter.predicate(of: try ProvenanceTests.full(), version: .v02)),
        ]
    }

    @Test("are what the writers write")
    func same() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Snapshots/BillOfMaterials")
        let records = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
        for (name, bytes) in try Self.documents() {
            let file = folder.appendingPathComponent(name)
            if records {
                try Data(bytes + [0x0A]).write(to: file)
                Issue.record("recorded \(name)")
                continue
            }
            let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            #expect(golden == String(decoding: bytes, as: UTF8.self) + "\n", "\(name)")
        }
    }
}
