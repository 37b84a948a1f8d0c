// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// Makes submissions of what was found.
enum SubmissionMaker {
    /// A folder with one person's work.
    static func folder(_ path: String, shown: String) -> Submission {
        let id = SubmissionName.id(of: HostName.last(of: path))
        return Submission(id: id, path: path, shownPath: shown, form: .folder, owner: plainOwner(id))
    }

    /// A file that is an archive, or should be one.
    static func file(_ path: String, shown: String) -> Submission {
        let name = HostName.last(of: path)
        let id = SubmissionName.stem(of: name)
        let form: Submission.Form =
            switch ArchiveKind(of: path) {
            case .folder: .archive
            case .image: .parts([Submission.Part(name: name, path: path)])
            case nil: .unreadable(noArchive(name, isEmpty: HostFile.isEmpty(path)))
            }
        return Submission(id: id, path: path, shownPath: shown, form: form, owner: plainOwner(id))
    }

    /// A Dockerfile alone.
    static func dockerfile(_ path: String, shown: String) -> Submission {
        let name = HostName.last(of: path)
        // A bare `Dockerfile` says nothing about whose it is; its folder may.
        let folder = HostName.last(of: HostFile.folder(of: path))
        let isNamed = !DockerfileName.isBare(name) || folder == "." || folder == "/" || folder.isEmpty
        let id = isNamed ? SubmissionName.stem(of: name) : SubmissionName.id(of: folder)
        return Submission(
            id: id,
            path: path,
            shownPath: shown,
            form: .parts([Submission.Part(name: name, path: path)]),
            owner: plainOwner(id)
        )
    }

    /// What could not even be opened.
    static func unreadable(_ path: String, shown: String, _ error: any Error) -> Submission {
        let failure = (error as? Failure) ?? Failure(.internalFault, "the submission cannot be read", cause: error)
        let id = SubmissionName.stem(of: HostName.last(of: path))
        return Submission(id: id, path: path, shownPath: shown, form: .unreadable(failure), owner: plainOwner(id))
    }

    /// What there is to say of a file that should be an archive and is none that is read.
    static func noArchive(_ name: String, isEmpty: Bool) -> Failure {
        let why: String
        if isEmpty {
            why = "the file is empty"
        } else if let kind = SubmissionName.foreignArchive(name) {
            why = "archives of the kind \(kind) are not read"
        } else {
            why = "its first bytes are not those of a zip or tar"
        }
        return Failure(
            .malformedInput,
            "this is neither a Dockerfile nor an archive",
            at: .file(SubmissionName.clean(name)),
            why: why,
            fix: "Hand in a folder, a zip or a tar of it."
        )
    }

    private static func plainOwner(_ id: String) -> SubmissionOwner {
        SubmissionOwner(id: id, people: [SubmissionOwner.Person(name: id, identifiers: [.init(.any, id)])])
    }
}

// MARK: - What a course site put together

extension SubmissionMaker {
    /// One person's submission of all that a course site keeps of it: the latest attempt.
    static func submission(
        _ owner: SubmissionOwner,
        _ claims: [LayoutClaim],
        folder: String,
        place: NamedPlace
    ) -> Submission {
        let claims = claims.sorted { ($0.attempt, $0.sequence, $0.entry) < ($1.attempt, $1.sequence, $1.entry) }
        let work = claims.filter { $0.role == .work }
        let kept = latest(of: work)
        var notes: [String] = []
        let earlier = work.map(\.entry).filter { entry in !kept.contains { $0.entry == entry } }
        if !earlier.isEmpty {
            notes.append("An earlier attempt was not judged: \(DockerfileChoice.list(earlier)).")
        }
        for claim in claims where claim.role == .text {
            notes.append("\(SubmissionName.clean(claim.entry)) is a text or a link, for a person to read.")
        }
        let first = kept.first ?? claims.first
        let entry = first?.entry ?? ""
        let form: Submission.Form
        if kept.isEmpty {
            form = .unreadable(
                Failure(
                    .noInput,
                    "only a text or a link was handed in",
                    at: .file(SubmissionName.clean(entry)),
                    fix: "Look at it yourself, or ask for the Dockerfile."
                )
            )
            notes = []
        } else if kept.count == 1, let only = kept.first, only.fileName == nil {
            form = .folder
        } else {
            form = .parts(kept.map { Submission.Part(name: $0.fileName ?? $0.entry, path: folder + "/" + $0.entry) })
        }
        let attempts = Set(work.map(\.attempt)).subtracting([""])
        return Submission(
            id: owner.id,
            path: folder + "/" + entry,
            shownPath: place.below(SubmissionName.clean(entry)),
            form: form,
            owner: owner,
            attempt: kept.compactMap(\.attemptNumber).max() ?? (attempts.isEmpty ? nil : attempts.count),
            isLate: (kept.isEmpty ? claims : kept).contains(where: \.isLate),
            notes: notes
        )
    }

    /// What of a person's files belongs to the latest attempt: the latest of each name, and of what could be the work nothing that an
    /// earlier attempt brought. The work itself stands first.
    private static func latest(of work: [LayoutClaim]) -> [LayoutClaim] {
        let able = work.filter(couldBeWork)
        guard let attempt = able.map(\.attempt).max() else { return work }
        var byName: [String: LayoutClaim] = [:]
        // They are in order, so the last of a name is the latest.
        for claim in work where !couldBeWork(claim) || claim.attempt == attempt {
            byName[claim.fileName ?? claim.entry] = claim
        }
        return byName.values.sorted { left, right in
            (couldBeWork(left) ? 0 : 1, left.entry) < (couldBeWork(right) ? 0 : 1, right.entry)
        }
    }

    private static func couldBeWork(_ claim: LayoutClaim) -> Bool {
        claim.fileName.map { SubmissionName.document($0) == nil } ?? true
    }
}
