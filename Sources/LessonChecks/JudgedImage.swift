// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import Judgements

/// The image that a folder of work is judged by, and the archives beside it that should have been it and cannot be read.
struct JudgedImage {
    /// Its analysis; nil when there is no image.
    let report: AnalysisReport?
    /// Where it comes from.
    let origin: Origin
    /// The archives that were tried first.
    let unreadable: [UnreadableArchive]

    /// Where an image can come from.
    enum Origin {
        /// The archive of that name beside the Dockerfile.
        case archive(String)
        /// The local store: the learner built it.
        case built
        /// The Dockerfile, by the symbolic build.
        case predicted
        /// Nowhere.
        case nothing
    }

    /// An archive that cannot be read as an image.
    struct UnreadableArchive {
        let name: String
        let failure: Failure
    }

    /// What a result that rests on the image adds: which archives were not judged, why, and what was instead.
    var note: Note? {
        guard !unreadable.isEmpty else { return nil }
        let instead =
            switch origin {
            case .archive(let name): "this is judged from \(name)"
            case .built: "this is judged from the image that you built"
            case .predicted: "this is judged from the Dockerfile"
            case .nothing: "it was not judged"
            }
        let reasons = unreadable.map { archive in
            "\(archive.name) cannot be read as an image (\(archive.failure.what)\(archive.failure.why.map { ": " + $0 } ?? ""))"
        }
        return Note(
            sentence: reasons.joined(separator: "; ") + ", so \(instead).",
            evidence: zip(unreadable, reasons).map { archive, reason in
                Evidence(kind: .workspaceFile, file: archive.name, detail: reason)
            }
        )
    }

    /// A sentence and what it rests on.
    struct Note {
        let sentence: String
        let evidence: [Evidence]
    }
}

extension CheckResult {
    /// The result with a note behind its message and its evidence; the verdict stays.
    func adding(_ note: JudgedImage.Note) -> CheckResult {
        CheckResult(
            id: id,
            title: title,
            state: state,
            points: points,
            maxPoints: maxPoints,
            message: message.isEmpty ? note.sentence : message + " " + note.sentence,
            expected: expected,
            found: found,
            fix: fix,
            diff: diff,
            evidence: evidence + note.evidence,
            isAdvisory: isAdvisory,
            blockedBy: blockedBy
        )
    }
}
