// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import Submissions

/// What every course site's layout promises.
@Suite("Every layout of a course site")
struct SubmissionLayoutTests {
    @Test("stands in the registry once, in a file of its name, with a test file of its name")
    func registered() throws {
        let all = SubmissionLayoutRegistry.all.map { String(describing: $0) }.sorted()
        #expect(
            try Checkout.names(in: "Sources/Submissions/Layouts", endingIn: "Layout.swift")
                == (all + ["Submission"]).map(Self.stem).sorted()
        )
        #expect(
            try Checkout.names(in: "Tests/SubmissionsTests/Layouts", endingIn: "LayoutTests.swift")
                == (all + ["Submission"]).map(Self.stem).sorted()
        )
        #expect(Set(SubmissionLayoutRegistry.all.map { $0.name }).count == all.count)
    }

    private static func stem(_ name: String) -> String { name.hasSuffix("Layout") ? String(name.dropLast(6)) : name }

    static let strangeNames = [
        "", "_", "__", "_1_", "a_1", "a_1_", "_1_2_3", "a__1__2", "_assignsubmission_", "a_assignsubmission_file",
        "_attempt_",
        "a_attempt_2026", "a_b_attempt_2026-01-01-00-00-00", "submission_", "submission_metadata.yml", "-", "a-", "-a",
        "a-b",
        "a_99999999999999999999999_1_x", "ä_1_2_ö", "1_2_3_4", "LATE_1_2_x", "x_LATE_LATE_1_2_y", "anon_1_2_x",
    ]

    @Test("takes any name, and claims each once, for somebody, with a name of its own", arguments: strangeNames)
    func strange(name: String) {
        for isFolder in [true, false] {
            let entries = [name, "other"].map { DownloadFolder.Entry(name: $0, isFolder: isFolder) }
            for text in ["", ":", "x:\n :submitters:\n - :\n", "Name: ((", "\0"] {
                for layout in SubmissionLayoutRegistry.all {
                    let claims = layout.claims(in: DownloadFolder(entries: entries) { _ in text })
                    #expect(Set(claims.map(\.entry)).count == claims.count)
                    for claim in claims {
                        #expect([name, "other"].contains(claim.entry))
                        #expect(claim.role == .list || !claim.owner.id.isEmpty)
                        #expect(claim.fileName != "")
                    }
                }
            }
        }
    }
}

/// What a layout makes of names: a line a submission, with all that is known of it.
func described(_ files: [String: String], starter: String? = HandedIn.starter) throws -> [String] {
    let handedIn = try HandedIn()
    for (name, text) in files { try handedIn.write("submissions/" + name, text) }
    let zipped = zip(files.sorted { $0.key < $1.key }.map { (path: "class/" + $0.key, text: $0.value) })
    try handedIn.write("class.zip", zipped)
    let lines = try describe(handedIn.find(), handedIn, starter)
    let inZip = try describe(handedIn.find([handedIn.scratch.path("class.zip")]), handedIn, starter)
    #expect(lines == inZip, "a download is the same as a zip")
    return lines
}

private func describe(_ found: SubmissionCollection, _ handedIn: HandedIn, _ starter: String?) throws -> [String] {
    var lines = try found.submissions.map { submission in
        var line = submission.id
        if let attempt = submission.attempt { line += " #\(attempt)" }
        if submission.isLate { line += " late" }
        do {
            let work = try handedIn.work(submission, starter: starter)
            line += ": " + (work.shownDockerfile ?? "no Dockerfile")
        } catch let reason as UnjudgedSubmission {
            line += ": \(reason.kind)"
        } catch let failure as Failure {
            line += ": \(failure.what)"
        }
        for note in submission.notes { line += " | " + note }
        return line
    }
    lines += found.ignored.map { "ignored " + $0.name }
    return lines
}
