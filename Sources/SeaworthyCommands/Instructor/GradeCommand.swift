// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Grading
import HostFiles
import Judgements
import LessonChecks
import Lessons
import Submissions
import Workbench

/// `seaworthy grade`: judge a batch of submissions.
struct GradeCommand: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Judge a batch of submissions.",
        discussion: """
            A submission is a folder, a zip or tar of one, or a Dockerfile alone; a folder of such things is a batch, and so is \
            the download of a course site (Canvas, Moodle, Blackboard, Gradescope, GitHub Classroom). Nothing of a submission is \
            ever run. One that cannot be judged has no points and a reason: ungradable, ambiguous (several files could be meant), \
            missing or overLimit; and the batch goes on. Files of the lesson that were not handed in are taken from its starter.

            All is judged for the day that the data reach, so that a grade is the same next year.

            Not in this version: `grade show`, `explain`, `merge`, `regrade` and `similarity`; --rubric, --due, --shard \
            and --anonymous.

            How far it is goes to standard error: a line for each submission on a terminal, at most one a second elsewhere.

            Exit codes: 0 when the batch is graded, whatever the grades; 1 when one is below --fail-under; 66 when there is \
            nothing to grade; 73 when the grades cannot be written.
            """
    )

    @Option(help: "The lesson to grade.")
    var lesson: String

    @Argument(help: "Submissions, or folders of them.")
    var submissions: [String]

    @Option(help: "The folder for grades and journal.")
    var out: String

    @Option(help: "Who is in the class: a table with names, ids or addresses, its columns in any order.")
    var roster: String?

    @OptionGroup var day: DayOption

    @Option(help: "Formats, joined by commas: \(GradeBookFormatRegistry.names).")
    var format: String = "json,csv"

    @Flag(help: "Write tables with a byte order mark, so that Excel shows every letter of a name.")
    var excel = false

    @Flag(help: "Go on with a batch that was interrupted.")
    var resume = false

    @Option(name: .customLong("fail-under"), help: "Exit with 1 when a grade is below this percentage.")
    var failUnder: Double?

    @Option(help: "Accepted for compatibility: submissions are judged one after another.")
    var jobs: Int?

    @Flag(help: "Print the grades as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let formats = try wantedFormats()
        try requireSense()
        let library = try runtime.workbench.lessons()
        guard library.lessonIDs.contains(lesson) else {
            throw Failure(
                .noInput,
                "there is no lesson \"\(lesson)\"",
                fix: "the lessons are: \(library.lessonIDs.joined(separator: ", "))"
            )
        }
        let bench = try day.inLesson(runtime.workbench)
        let (lesson, lessonDigest) = try bench.lessonWithDigest(self.lesson)
        let judge = try bench.judge(lesson, limits: .submission)
        let out = runtime.resolve(self.out)
        let batch = GradingBatch(
            basis: GradingBasis(
                lesson: lesson.id,
                lessonDigest: lessonDigest,
                engineVersion: EngineVersion.current,
                dataDigest: try bench.dataDigest(),
                asOf: bench.day
            ),
            out: out,
            starter: try starterDockerfile(of: lesson, library, runtime),
            limits: .submission
        )
        let console = runtime.console
        var progress = ProgressLines(console)
        let book = try batch.run(
            submissions.map { runtime.resolve($0) },
            judge: ClosureJudge { try judge.judge($0) },
            roster: try roster.map { try Roster(readingFile: runtime.resolve($0)) },
            resumes: resume,
            formats: formats
        ) { grade, done, count in
            progress.tell("\(done)/\(count) \(grade.id.harmless): \(grade.state.rawValue)")
        }
        if json { console.print(bytes: try book.bytes(.json)) } else { summarise(book, console, formats, out) }
        // What has no grade is not above any.
        if let failUnder, book.grades.contains(where: { $0.percent.map { $0 < failUnder } ?? true }) {
            return .notPassed
        }
        return .success
    }

    private func requireSense() throws {
        if out.isEmpty {
            throw Failure(.usage, "the name of the folder is empty", at: .option("--out"), fix: "name a folder")
        }
        if submissions.contains("") {
            throw Failure(
                .usage,
                "the name of a submission is empty",
                fix: "name a folder, a zip or tar, or a Dockerfile"
            )
        }
        if let failUnder, !(0...100).contains(failUnder) {
            throw Failure(
                .usage,
                "\(failUnder) is no percentage",
                at: .option("--fail-under"),
                fix: "use a number from 0 to 100"
            )
        }
        if let jobs, jobs < 1 {
            throw Failure(.usage, "\(jobs) is no number of jobs", at: .option("--jobs"), fix: "use a number from 1 on")
        }
    }

    private func wantedFormats() throws -> [any GradeBookFormat] {
        guard format.contains(where: { !", ".contains($0) }) else {
            throw Failure(
                .usage,
                "no format is named",
                at: .option("--format"),
                fix: "Use one or more of \(GradeBookFormatRegistry.names)."
            )
        }
        let formats = try format.split(separator: ",").map { text in
            guard let format = GradeBookFormatRegistry.format(named: text.trimmingCharacters(in: .whitespaces)) else {
                throw Failure(
                    .usage,
                    "the format \"\(text)\" is not supported",
                    at: .option("--format"),
                    fix: "use \(GradeBookFormatRegistry.names)"
                )
            }
            return format
        }
        guard excel else { return formats }
        guard formats.contains(where: \.isTable) else {
            throw Failure(
                .usage,
                "none of the formats is a table",
                at: .option("--excel"),
                fix: "add csv to --format, or leave --excel out"
            )
        }
        return formats.map { SpreadsheetTable($0) ?? $0 }
    }

    private func summarise(_ book: GradeBook, _ console: Console, _ formats: [any GradeBookFormat], _ out: String) {
        for grade in book.grades {
            var line = "\(grade.id.harmless): \(grade.state.rawValue)"
            if let points = grade.points, let most = grade.maxPoints { line += "  \(points)/\(most)" }
            if grade.details.isLate { line += "  late" }
            if let reason = grade.reason { line += "  " + reason.message.harmless }
            console.print(line)
            for note in grade.details.notes
                + grade.details.archives.filter({ !$0.used }).map({ "\($0.path): \($0.reason)" })
            {
                console.print("    " + note.harmless)
            }
        }
        for ignored in book.ignored {
            console.remark("passed over: \(ignored.name.harmless): \(ignored.reason.harmless)")
        }
        if let roster = book.roster, !roster.unmatched.isEmpty {
            console.remark("not on the roster: \(roster.unmatched.map(\.harmless).joined(separator: ", "))")
        }
        console.print(
            "\(book.grades.count) \(book.grades.count == 1 ? "submission" : "submissions"); wrote \(formats.map(\.place).joined(separator: ", ")) to \(out.harmless); judged for \(book.basis.asOf ?? "the day of the clock")"
        )
    }

    /// The Dockerfile that a lesson begins with; nil when it has none.
    private func starterDockerfile(of lesson: Lesson, _ library: LessonLibrary, _ runtime: Runtime) throws -> [UInt8]? {
        guard let folder = library.starter(of: lesson.id), HostFile.kind(of: folder + "/Dockerfile") == .file else {
            return nil
        }
        return try HostFile.read(folder + "/Dockerfile", limit: runtime.limits.entryBytes)
    }
}

extension SubmissionGrade {
    /// Points in percent; 0 where there are none to have, nil for what was not judged.
    var percent: Double? {
        guard let points, let maxPoints else { return nil }
        return maxPoints == 0 ? 0 : Double(points) / Double(maxPoints) * 100
    }
}
