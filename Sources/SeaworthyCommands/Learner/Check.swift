// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Judgements
import LessonChecks
import Lessons
import ProgressStore
import Reporting
import Workbench
import Workspaces

/// `seaworthy check`: judge the step. What is judged is recorded, and is what a grader would say.
struct Check: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "check", abstract: "Judge your work on this step.")

    @OptionGroup var options: StepOptions

    @OptionGroup var day: DayOption

    @Flag(help: "Judge again whenever a file changes, until interrupted.")
    var watch = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        guard watch else { return try judge(session, runtime) }
        return try watch(session, runtime)
    }

    private func judge(_ session: LearnerSession, _ runtime: Runtime) throws -> ExitStatus {
        let place = try session.needsWorkspace()
        let bench = try day.inLesson(runtime.workbench)
        let record = try LearnerRecordReader(session.progress, lesson: session.lesson.id, step: session.step, on: bench)
            .record()
        let judge = try bench.judge(session.lesson, limits: runtime.limits)
        let built = BuiltImageFinder(session.step, on: bench)
        let files = try WorkFiles(reading: place.path, limits: session.keeper.limits)
        let report = try judge.judge(session.step, files: files, record: record) { try built.analysis(of: $0) }
        _ = try session.progress.record(
            report,
            inputDigest: try WorkspaceState(files).digest,
            engineVersion: EngineVersion.current,
            dataDigest: try bench.dataDigest(),
            now: runtime.now
        )
        if options.printing.json {
            try runtime.console.print(json: report)
        } else {
            runtime.console.print(
                CheckText.render(
                    report,
                    usesColour: runtime.console.usesColour,
                    isAscii: runtime.console.isPlain,
                    width: runtime.console.isTerminal ? runtime.console.width : nil
                )
            )
            runtime.console.print("Judged for \(bench.day).")
            if report.state == .passed {
                runtime.console.remark("Go on with `seaworthy next`.")
            } else {
                runtime.console.remark("`seaworthy hint` helps.")
            }
        }
        return ExitStatus(report.state)
    }

    /// Looks at the files twice a second; works on every filesystem, and says so.
    private func watch(_ session: LearnerSession, _ runtime: Runtime) throws -> ExitStatus {
        let place = try session.needsWorkspace()
        runtime.console.remark("Watching \(place.path) (looking every half second). Press Ctrl-C to stop.")
        var last = ""
        var status = ExitStatus.success
        while !runtime.console.isOutputClosed {
            let mark = try session.keeper.state(of: place).digest
            if mark != last {
                last = mark
                runtime.console.print("")
                status = try judge(session, runtime)
            }
            usleep(500_000)
        }
        return status
    }
}
