// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import Judgements

/// The image that a folder of work is judged by, and the archives beside it that do not count.
struct JudgedImage {
    /// Its analysis; nil when there is no image.
    let report: AnalysisReport?
    /// Where it comes from.
    let origin: Origin
    /// The archives that were passed over.
    let passed: [PassedArchive]

    /// Where an image can come from.
    enum Origin {
        /// The archive of that name.
        case archive(String)
        /// The local store: the learner built it.
        case built
        /// The Dockerfile, by the symbolic build.
        case predicted
        /// Nowhere.
        case nothing
    }

    /// An archive that the work is not judged by.
    struct PassedArchive {
        let name: String
        let reason: Reason

        /// Why an archive does not count.
        enum Reason {
            case unreadable(Failure)
            case ofAnotherDockerfile
            /// It has no provenance, so it may be anybody's image.
            case saysNothing
            case anotherIsUsed(String)
        }

        /// The reason in words, to go behind the name.
        var words: String {
            switch reason {
            case .unreadable(let failure):
                "cannot be read as an image (\(failure.what)\(failure.why.map { ": " + $0 } ?? ""))"
            case .ofAnotherDockerfile: "was built from another Dockerfile"
            case .saysNothing: "does not say from which Dockerfile it was built"
            case .anotherIsUsed(let name): "was not looked at, for \(name) is the image of this Dockerfile"
            }
        }
    }

    /// Whether nobody built it.
    var isPredicted: Bool { if case .predicted = origin { true } else { false } }

    /// Every archive, and whether it counted.
    var archives: [ArchiveUse] {
        var uses = passed.map { ArchiveUse(path: $0.name, used: false, reason: "It \($0.words).") }
        if case .archive(let name) = origin {
            uses.append(ArchiveUse(path: name, used: true, reason: "It is the image of this work."))
        }
        return uses.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// What a result that rests on the image adds: which archives were not judged, why, and what was instead.
    var note: Note? {
        let passed = self.passed.filter { if case .anotherIsUsed = $0.reason { false } else { true } }
        guard !passed.isEmpty else {
            guard isPredicted else { return nil }
            return Note(sentence: "This is predicted from the Dockerfile; no image was built.", evidence: [])
        }
        let instead =
            switch origin {
            case .archive(let name): "this is judged from \(name)"
            case .built: "this is judged from the image that you built"
            case .predicted: "this is predicted from the Dockerfile"
            case .nothing: "it was not judged"
            }
        let reasons = passed.map { "\($0.name) \($0.words)" }
        return Note(
            sentence: reasons.joined(separator: "; ") + ", so \(instead).",
            evidence: zip(passed, reasons).map { archive, reason in
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
            message: message.isEmpty ? note.sentence : message.closed + " " + note.sentence,
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

extension String {
    /// The text with a full stop where it ends without a mark, so that another sentence can follow.
    fileprivate var closed: String { last.map { ".!?".contains($0) } ?? true ? self : self + "." }
}
