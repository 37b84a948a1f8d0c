// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Judgements
import LessonChecks
import Lessons
import ProgressStore
import Reporting
import Workspaces

/// `seaworthy check`: judge the step. What is judged is recorded, and is what a grader would say.
struct Check: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "check", abstract: "Judge your work on this step.")

    @Option(help: "The step; the current one when not given.")
    var step: String?

    @Option(help: "The workspace.")
    var workspace: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    @Flag(help: "Judge again whenever a file changes, until interrupted.")
    var watch = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try LearnerSession.current(runtime, workspace: workspace, step: step)
        guard watch else { return try judge(session) }
        return try watch(session)
    }

    private func judge(_ session: LearnerSession) throws -> ExitStatus {
        let runtime = session.runtime
        let place = try session.needsWorkspace()
        let engine = Engine(runtime)
        let record = try LearnerRecordReader(session, engine).record()
        let judge = try engine.judge(session.lesson, session.library, limits: runtime.limits)
        let built = BuiltImageFinder(session, engine)
        let files = try WorkFiles(reading: place.path, limits: session.keeper.limits)
        let report = try judge.judge(session.step, files: files, record: record) { try built.analysis(of: $0) }
        _ = try session.progress.record(
            report,
            inputDigest: try WorkspaceState(files).digest,
            engineVersion: EngineVersion.current,
            dataDigest: try engine.dataDigest(),
            now: runtime.now
        )
        if json {
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
            if report.state == .passed {
                runtime.console.remark("Go on with `seaworthy next`.")
            } else {
                runtime.console.remark("`seaworthy hint` helps.")
            }
        }
        return ExitStatus(report.state)
    }

    /// Looks at the files twice a second; works on every filesystem, and says so.
    private func watch(_ session: LearnerSession) throws -> ExitStatus {
        let place = try session.needsWorkspace()
        session.runtime.console.remark("Watching \(place.path) (looking every half second). Press Ctrl-C to stop.")
        var last = ""
        var status = ExitStatus.success
        while !session.runtime.console.isOutputClosed {
            let mark = try session.keeper.state(of: place).digest
            if mark != last {
                last = mark
                session.runtime.console.print("")
                status = try judge(session)
            }
            usleep(500_000)
        }
        return status
    }
}
