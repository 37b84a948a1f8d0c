// SPDX-License-Identifier: Apache-2.0

import Archives
import ArgumentParser
import Diagnostics
import Foundation
import Grading
import LessonChecks
import Lessons
import OCISpec

/// `seaworthy grade`: judge a batch of submissions.
struct GradeCommand: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Judge a batch of submissions.",
        discussion: """
            A submission is a folder, a zip or tar of one, or a Dockerfile alone; a folder of such things is a batch. Nothing of \
            a submission is ever run. One that cannot be read is ungradable, with the reason, and the batch goes on.
            """
    )

    @Option(help: "The lesson to grade.")
    var lesson: String

    @Argument(help: "Submissions, or folders of them.")
    var submissions: [String]

    @Option(help: "The folder for grades and journal.")
    var out: String

    @Option(help: "Formats, joined by commas: json, csv.")
    var format: String = "json,csv"

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
        let library = LessonLibrary(root: try runtime.contentRoot(), limits: runtime.limits)
        guard library.lessonIDs.contains(lesson) else {
            throw Failure(
                .noInput,
                "there is no lesson \"\(lesson)\"",
                fix: "the lessons are: \(library.lessonIDs.joined(separator: ", "))"
            )
        }
        let lesson = try library.lesson(self.lesson)
        let engine = Engine(runtime)
        let judge = try engine.judge(lesson, library, limits: .submission)
        let out = runtime.resolve(self.out)
        let batch = GradingBatch(
            basis: GradingBasis(
                lesson: lesson.id,
                lessonDigest: try digest(of: library.folder(of: lesson.id), runtime),
                engineVersion: EngineVersion.current,
                dataDigest: try engine.dataDigest()
            ),
            out: out,
            limits: .submission
        )
        let console = runtime.console
        let book = try batch.run(
            submissions.map { runtime.resolve($0) },
            judge: ClosureJudge { try judge.judgeSubmission(folder: $0) },
            resumes: resume,
            formats: Set(formats)
        ) { grade, done, count in
            if console.isErrorTerminal {
                console.remark("\(done)/\(count) \(grade.id.harmless): \(grade.state.rawValue)")
            }
        }
        if json { console.print(bytes: try book.bytes(.json)) } else { summarise(book, console, formats, out) }
        if let failUnder, book.grades.contains(where: { $0.percent < failUnder }) { return .notPassed }
        return .success
    }

    private func wantedFormats() throws -> [GradeBook.Format] {
        try format.split(separator: ",").map { text in
            guard let format = GradeBook.Format(rawValue: text.trimmingCharacters(in: .whitespaces)) else {
                throw Failure(
                    .usage,
                    "the format \"\(text)\" is not supported",
                    at: "--format",
                    fix: "use \(GradeBook.Format.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            return format
        }
    }

    private func summarise(_ book: GradeBook, _ console: Console, _ formats: [GradeBook.Format], _ out: String) {
        for grade in book.grades {
            let points = grade.state == .ungradable ? "" : "  \(grade.points)/\(grade.maxPoints)"
            console.print(
                "\(grade.id.harmless): \(grade.state.rawValue)\(points)\(grade.reason.map { "  " + $0.message.harmless } ?? "")"
            )
        }
        for ignored in book.ignored {
            console.remark("passed over: \(ignored.name.harmless): \(ignored.reason.harmless)")
        }
        console.print(
            "\(book.grades.count) \(book.grades.count == 1 ? "submission" : "submissions"); wrote \(formats.map(\.fileName).joined(separator: ", ")) to \(out.harmless)"
        )
    }

    /// One digest over all files of the lesson, so that a grade names what it was judged by.
    private func digest(of folder: String, _ runtime: Runtime) throws -> String {
        var text = ""
        for entry in try HostFiles.walk(folder, limits: runtime.limits) where entry.kind == .file {
            let bytes = try HostFiles.read(folder + "/" + entry.path, limit: runtime.limits.entryBytes)
            text += "\(entry.path) \(Digest.sha256(of: bytes))\n"
        }
        return Digest.sha256(of: text).description
    }
}

extension SubmissionGrade {
    /// Points in percent; 0 without points.
    var percent: Double { maxPoints == 0 ? 0 : Double(points) / Double(maxPoints) * 100 }
}
