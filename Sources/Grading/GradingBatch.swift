// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Foundation
import HostFiles
import Judgements
public import Submissions

/// Grades many submissions, one after another, sorted by id, into a folder.
///
/// A submission that cannot be judged is a grade like any other and never ends the batch. Each grade is on the disk before the
/// next one is begun, and the grade book is made from the journal alone; so a batch that was killed and resumed ends with the
/// same bytes as one that was not.
public struct GradingBatch: Sendable {
    /// What the grades rest on.
    public let basis: GradingBasis
    /// The folder for the journal and the grade book.
    public let out: String
    /// What one submission may hold.
    public let limits: Limits
    /// What the archive of a whole collection may hold.
    public let collectionLimits: Limits
    /// The Dockerfile that the lesson begins with; nil when there is none.
    private let starter: [UInt8]?

    /// Prepares a batch; nothing is written yet.
    ///
    /// - Parameter starter: the Dockerfile that the lesson begins with: a file that is still the same is nobody's work.
    public init(
        basis: GradingBasis,
        out: String,
        starter: [UInt8]? = nil,
        limits: Limits = .submission,
        collectionLimits: Limits = .standard
    ) {
        self.starter = starter
        self.basis = basis
        self.out = HostPath.absolute(out)
        self.limits = limits
        self.collectionLimits = collectionLimits
    }

    /// Grades what the paths hold, and writes the grade book.
    ///
    /// - Parameters:
    ///   - roster: who is in the class; who handed in nothing is missing then, and not forgotten.
    ///   - resumes: whether grades of an earlier run in the same folder are kept, when submission and basis are the same.
    ///   - formats: the files to write besides the journal.
    ///   - report: called after each submission with its grade, how many are done and how many there are.
    /// - Returns: the grade book, as it was written.
    /// - Throws: `noInput` when there are no submissions; `cannotCreate` when the folder holds grades already and `resumes`
    ///   is false; `interrupted` when the judge was. Grades that rest on another lesson, engine or data are kept below `earlier/`, and
    ///   all submissions are judged again.
    public func run(
        _ paths: [String],
        judge: some SubmissionJudge,
        roster: Roster? = nil,
        resumes: Bool = false,
        formats: [any GradeBookFormat] = GradeBookFormatRegistry.all,
        report: (SubmissionGrade, _ done: Int, _ of: Int) -> Void = { _, _, _ in }
    ) throws -> GradeBook {
        // Before anything is written: a folder for the grades inside of a submission would change what is graded.
        let paths = paths.map(HostPath.absolute)
        try SubmissionFinder.requireThere(paths)
        try SubmissionFinder.requireOutside(out, of: paths, limits: collectionLimits)
        try HostFile.makeFolder(out)
        return try FolderLock.holding(out + "/grades.lock", folder: out) {
            let journal = try GradeJournal(path: out + "/grades.sqlite")
            defer { journal.close() }
            try requireFree(journal, resumes: resumes)
            let scratch = out + "/.grading"
            HostFile.remove(scratch)
            try HostFile.makeFolder(scratch, mode: 0o700)
            defer { HostFile.remove(scratch) }

            let found = try SubmissionFinder(limits: collectionLimits, scratch: scratch, out: out).find(in: paths)
            let match = roster.map { RosterMatch($0, found) }
            let collection = match?.collection ?? found
            let expected = try collection.submissions.map { submission in
                try Self.requireGoingOn()
                return GradeJournal.Expected(
                    id: submission.id,
                    inputDigest: try? SubmissionReading.digest(of: submission, limits: limits)
                )
            }
            try journal.begin(basis, expecting: expected)
            var finished = try journal.finished()
            for submission in collection.submissions where !finished.contains(submission.id) {
                try Self.requireGoingOn()
                let grade = try self.grade(submission, judge: judge, scratch: scratch)
                try journal.record(grade)
                finished.insert(grade.id)
                report(grade, finished.count, collection.submissions.count)
            }
            let book = GradeBook(
                basis: basis,
                grades: try journal.grades(expecting: expected),
                ignored: collection.ignored,
                roster: match.map { match in
                    RosterOutcome(
                        people: match.peopleCount,
                        missing: match.collection.submissions.filter { $0.form == .nothing }.map(\.id),
                        unmatched: match.strangers
                    )
                }
            )
            for format in formats {
                let files = try format.files(book)
                for file in files {
                    let path = out + "/" + file.path
                    if let slash = path.lastIndex(of: "/") { try HostFile.makeFolder(String(path[..<slash])) }
                    // Thousands are not waited for one by one; the journal has what they say.
                    try HostFile.writeAtomically(file.bytes, to: path, durable: files.count == 1)
                }
            }
            return book
        }
    }

    /// The grade of one submission.
    ///
    /// - Throws: only what ends the batch.
    private func grade(
        _ submission: Submission,
        judge: some SubmissionJudge,
        scratch: String
    ) throws -> SubmissionGrade {
        let hiding = hiding(submission, scratch: scratch)
        var details = SubmissionDetails(submission)
        // Of what was read, not of what may lie there since.
        var digest: String?
        func unjudged(_ failure: Failure, _ state: SubmissionGrade.State = .ungradable) -> SubmissionGrade {
            SubmissionGrade(
                id: submission.id,
                inputDigest: digest,
                reason: SubmissionGrade.Reason(hiding(failure)),
                state: failure.code == .overLimit ? .overLimit : state,
                details: details
            )
        }
        do {
            let reading = try SubmissionReading(submission, limits: limits)
            digest = reading.digest
            let work = try reading.work(scratch: scratch, limits: limits, starter: starter)
            details.dockerfile = work.shownDockerfile.map(SubmissionName.clean)
            details.notes += work.notes
            do {
                let judgement = try judge.judge(work)
                details.filled = judgement.filled
                details.archives = judgement.archives
                return SubmissionGrade(
                    id: submission.id,
                    inputDigest: reading.digest,
                    steps: judgement.steps,
                    details: details
                )
            } catch let failure as Failure where failure.code != .interrupted {
                return unjudged(HidingPaths([work.place])(failure))
            }
        } catch let reason as UnjudgedSubmission {
            details.candidates = reason.candidates
            return unjudged(reason.failure, SubmissionGrade.State(reason.kind))
        } catch let failure as Failure {
            if failure.code == .interrupted { throw failure }
            return unjudged(failure)
        } catch is CancellationError {
            throw Self.interrupted
        } catch {
            return unjudged(
                Failure(
                    .internalFault,
                    "a fault of this program kept the submission from being judged",
                    why: Self.nameOfFault(error),
                    fix: "Report it with the submission; the others are not affected."
                )
            )
        }
    }

    /// What hides the folders of this machine in what is said of a submission.
    private func hiding(_ submission: Submission, scratch: String) -> HidingPaths {
        let ours = ["", "-1", "-2"].map { scratch + "/submission" + $0 } + [scratch, out]
        switch submission.form {
        case .folder: return HidingPaths(ours + [submission.path])
        case .parts(let parts) where parts.count > 1:
            return HidingPaths(ours + [HostFile.folder(of: submission.path)])
        case .parts, .archive, .unreadable, .nothing:
            return HidingPaths(ours, file: submission.path.isEmpty ? nil : submission.path)
        }
    }

    /// What an error that is no `Failure` is; its own text could name folders of this machine.
    private static func nameOfFault(_ error: any Error) -> String {
        let fault = error as NSError
        return "\(fault.domain), code \(fault.code)"
    }

    private func requireFree(_ journal: GradeJournal, resumes: Bool) throws {
        guard try journal.gradeCount() > 0 else { return try journal.clear() }
        guard resumes else {
            throw Failure(
                .cannotCreate,
                "this folder holds grades already",
                at: .file(out),
                why: "grades are never overwritten without being asked",
                fix: "Add --resume to go on with them, or name another folder with --out."
            )
        }
        guard let before = try journal.basis(), before == basis else {
            // One grade book cannot mix what rests on different lessons, engines or data: all are judged again, and what the
            // folder held is kept.
            try keepEarlier(journal)
            return try journal.clear()
        }
    }

    /// The most earlier books that a folder keeps; more are no course.
    private static let mostEarlier = 10_000

    /// Copies the journal and every file of the grade book into the next free folder below `earlier/`.
    private func keepEarlier(_ journal: GradeJournal) throws {
        let earlier = out + "/earlier"
        try HostFile.makeFolder(earlier)
        guard let number = (1...Self.mostEarlier).first(where: { HostFile.kind(of: "\(earlier)/\($0)") == nil }) else {
            throw Failure(
                .cannotCreate,
                "no more earlier grades can be kept in this folder",
                at: .file(earlier),
                fix: "Grade into another folder with --out."
            )
        }
        let folder = "\(earlier)/\(number)"
        try HostFile.makeFolder(folder)
        try journal.copy(to: folder + "/grades.sqlite")
        for format in GradeBookFormatRegistry.all {
            switch HostFile.kind(of: out + "/" + format.place) {
            case .file:
                let bytes = try HostFile.read(out + "/" + format.place, limit: limits.expandedBytes)
                try HostFile.writeAtomically(bytes, to: folder + "/" + format.place)
            case .directory: try HostFile.move(out + "/" + format.place, to: folder + "/" + format.place)
            default: continue
            }
        }
    }

    private static func requireGoingOn() throws {
        if Task.isCancelled { throw interrupted }
    }

    private static let interrupted = Failure(
        .interrupted,
        "grading was interrupted",
        why: "it was asked to stop",
        fix: "Run the command again with --resume; what is graded stays."
    )
}

extension SubmissionGrade.State {
    /// The state of what was not judged.
    fileprivate init(_ kind: UnjudgedSubmission.Kind) {
        switch kind {
        case .ambiguous: self = .ambiguous
        case .missing: self = .missing
        case .ungradable: self = .ungradable
        }
    }
}
