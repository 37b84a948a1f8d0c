// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Lessons
import ProgressStore
import Workbench

/// `seaworthy hint`: the next hint for this step, from a nudge to almost the answer.
struct Hint: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "hint", abstract: "Show the next hint for this step.")

    @OptionGroup var options: StepOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        let hints = session.step.hints
        guard !hints.isEmpty else {
            if options.printing.json {
                try runtime.console.print(json: HintDocument(step: session.step.id, level: 0, levels: 0, hint: nil))
            } else {
                runtime.console.print("This step has no hints.")
            }
            return .success
        }
        let shown =
            try session.progress.progress(lesson: session.lesson.id, steps: [session.step.id]).first?.hintLevel ?? 0
        let level = min(shown + 1, hints.count)
        if level > shown {
            _ = try session.progress.record(
                .hintShown(level: level),
                lesson: session.lesson.id,
                step: session.step.id,
                now: runtime.now
            )
        }
        if options.printing.json {
            try runtime.console.print(
                json: HintDocument(step: session.step.id, level: level, levels: hints.count, hint: hints[level - 1])
            )
            return .success
        }
        for line in StepView(session, runtime.console).render(
            "**Hint \(level) of \(hints.count)**\n\n" + hints[level - 1]
        ) {
            runtime.console.print(line)
        }
        if level == hints.count {
            let hasSolution = session.library.solutionFolder(of: session.step, in: session.lesson) != nil
            runtime.console.remark(
                hasSolution
                    ? "That was the last hint. `seaworthy solution` shows the reference solution."
                    : "That was the last hint, and it says all there is to do in this step."
            )
        }
        return .success
    }

    private struct HintDocument: Encodable {
        let step: String
        let level: Int
        let levels: Int
        let hint: String?
    }
}
