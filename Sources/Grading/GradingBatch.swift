// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Foundation
import HostFiles
import Workspaces

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

    /// Prepares a batch; nothing is written yet.
    public init(
        basis: GradingBasis,
        out: String,
        limits: Limits = .submission,
        collectionLimits: Limits = .standard
    ) {
        self.basis = basis
        self.out = HostPath.absolute(out)
        self.limits = limits
        self.collectionLimits = collectionLimits
    }

    /// Grades what the paths hold, and writes the grade book.
    ///
    /// - Parameters:
    ///   - resumes: whether grades of an earlier run in the same folder are kept, when submission and basis are the same.
    ///   - formats: the files to write besides the journal.
    ///   - report: called after each submission with its grade, how many are done and how many there are.
    /// - Returns: the grade book, as it was written.
    /// - Throws: `noInput` when there are no submissions; `cannotCreate` when the folder holds grades already and `resumes`
    ///   is false; `malformedInput` when those rest on something else; `interrupted` when the judge was.
    public func run(
        _ paths: [String],
        judge: some SubmissionJudge,
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

            let collection = try SubmissionFinder(limits: collectionLimits, scratch: scratch, out: out).find(in: paths)
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
                ignored: collection.ignored
            )
            for format in formats {
                try HostFile.writeAtomically(try book.bytes(format), to: out + "/" + format.fileName)
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
        let isFolder = submission.form == .folder
        let shown = (folder: isFolder ? submission.path : nil, file: isFolder ? nil : submission.path)
        let hiding = HidingPaths([scratch + "/submission", shown.folder, scratch, out], file: shown.file)
        // Of what was read, not of what may lie there since.
        var digest: String?
        func ungradable(_ failure: Failure) -> SubmissionGrade {
            SubmissionGrade(id: submission.id, inputDigest: digest, reason: SubmissionGrade.Reason(hiding(failure)))
        }
        do {
            let reading = try SubmissionReading(submission, limits: limits)
            digest = reading.digest
            let files = try reading.work(scratch: scratch, limits: limits)
            let hiding = HidingPaths(
                [files.place, scratch + "/submission", shown.folder, scratch, out],
                file: shown.file
            )
            do {
                let steps = try judge.judge(files)
                return SubmissionGrade(id: submission.id, inputDigest: reading.digest, steps: steps)
            } catch let failure as Failure where failure.code != .interrupted {
                return SubmissionGrade(
                    id: submission.id,
                    inputDigest: reading.digest,
                    reason: SubmissionGrade.Reason(hiding(failure))
                )
            }
        } catch let failure as Failure {
            if failure.code == .interrupted { throw failure }
            return ungradable(failure)
        } catch is CancellationError {
            throw Self.interrupted
        } catch {
            return ungradable(
                Failure(
                    .internalFault,
                    "a fault of this program kept the submission from being judged",
                    why: Self.nameOfFault(error),
                    fix: "Report it with the submission; the others are not affected."
                )
            )
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
            throw Failure(
                .malformedInput,
                "the grades in this folder rest on something else",
                at: .file(out),
                why: "the lesson, the engine or its data changed since, and one grade book cannot mix them",
                fix: "Grade into another folder with --out."
            )
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
