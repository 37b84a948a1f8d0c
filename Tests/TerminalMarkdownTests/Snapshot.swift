// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Compares a text with the one on record. `RECORD_SNAPSHOTS=1` records anew, and then fails, so that nobody forgets it.
enum Snapshot {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Snapshots")
    static let content = folder.deletingLastPathComponent().deletingLastPathComponent()

    static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: file)
                Issue.record("Recorded \(name); run again without RECORD_SNAPSHOTS.", sourceLocation: sourceLocation)
            } catch {
                Issue.record("Cannot record \(name): \(error)", sourceLocation: sourceLocation)
            }
            return
        }
        guard let data = try? Data(contentsOf: file) else {
            Issue.record(
                "There is no snapshot \(name); record it with RECORD_SNAPSHOTS=1.",
                sourceLocation: sourceLocation
            )
            return
        }
        let recorded = String(decoding: data, as: UTF8.self)
        guard recorded != text else { return }
        let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        let was = line < old.count ? String(old[line]) : "(end)"
        let now = line < new.count ? String(new[line]) : "(end)"
        Issue.record(
            "\(name) differs in line \(line + 1):\n  was: \(was)\n  now: \(now)",
            sourceLocation: sourceLocation
        )
    }
}
