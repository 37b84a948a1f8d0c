// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostFiles
import SeaworthyTestSupport
import Testing

@testable import LessonChecks

/// The list of kinds in `lessons/README.md` is made of what the kinds declare.
@Suite("The list of check kinds for authors")
struct KindListTests {
    private static let begin = "<!-- kinds: made of Sources/LessonChecks/Kinds by KindListTests -->\n"
    private static let end = "<!-- kinds: end -->\n"
    private static let path = CheckFixture.root + "/lessons/README.md"

    @Test("is what the kinds declare; RECORD_SNAPSHOTS=1 writes it anew")
    func list() throws {
        let text = String(decoding: try HostFile.read(Self.path, limit: 1 << 20), as: UTF8.self)
        let begin = try #require(text.range(of: Self.begin))
        let end = try #require(text.range(of: Self.end))
        let written = text[begin.upperBound..<end.lowerBound]
        let declared = Self.markdown
        guard written != declared else { return }
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            let whole = text[..<begin.upperBound] + declared + text[end.lowerBound...]
            try HostFile.writeAtomically(Array(whole.utf8), to: Self.path, durable: false)
            Issue.record("recorded the list of kinds; run again without RECORD_SNAPSHOTS")
        } else {
            Issue.record("\(GoldenFile.difference(String(written), declared))")
        }
    }

    private static var markdown: String {
        var text = "\n| Kind | What it asks | Judged from | Further keys |\n|---|---|---|---|\n"
        for kind in CheckKindRegistry.all {
            let needs = CheckNeed.allCases.filter { kind.needs.contains($0) }.map(words)
            let keys = kind.parameterDocumentation.map { key in
                "`\(key.key)` (\(key.form)\(key.isRequired ? "" : ", may be left out")): \(key.meaning)"
            }
            let cells = [
                "`\(kind.name)`", kind.claim, needs.joined(separator: ", "),
                keys.isEmpty ? "–" : keys.joined(separator: "<br>"),
            ]
            text += "| \(cells.joined(separator: " | ")) |\n"
        }
        return text + "\n"
    }

    private static func words(_ need: CheckNeed) -> String {
        switch need {
        case .work: "the Dockerfile"
        case .image: "the image that it makes"
        case .commands: "the commands that ran"
        case .images: "the local store"
        case .settings: "the settings"
        case .answers: "the answers"
        }
    }
}
