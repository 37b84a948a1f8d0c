// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Lessons
import ProgressStore
import Workbench
import Workspaces

/// `seaworthy status`: where the learner is, step by step.
struct Status: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show where you are.")

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        if options.printing.json {
            try runtime.console.print(json: try StatusDocument(session))
            return .success
        }
        let steps = try session.progress.progress(lesson: session.lesson.id, steps: session.lesson.steps.map(\.id))
        let console = runtime.console
        console.print("\(session.lesson.title) · step \(session.stepNumber) of \(session.lesson.steps.count)")
        for (number, progress) in steps.enumerated() {
            guard let step = session.lesson.step(progress.step) else { continue }
            let mark = progress.step == session.step.id ? "→" : " "
            var line = "\(mark) \(number + 1). \(StatusRow.mark(progress)) \(step.title)"
            if progress.maxPoints > 0 { line += "  \(progress.points)/\(progress.maxPoints) points" }
            if progress.hintLevel > 0 { line += progress.hintLevel == 1 ? "  1 hint" : "  \(progress.hintLevel) hints" }
            if progress.isSolutionShown { line += "  solution seen" }
            console.print(line)
        }
        if let place = session.workspace { console.print("Workspace: \(place.path)") }
        return .success
    }
}

/// How a step's state is written.
enum StatusRow {
    static func mark(_ progress: StepProgress) -> String {
        switch progress.status {
        case .passed: "[passed]     "
        case .inProgress: "[in progress]"
        case .notStarted: "[not started]"
        }
    }
}

/// `seaworthy lessons`: the lessons with the learner's progress.
struct LessonsList: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "lessons",
        abstract: "List the lessons, with your progress."
    )

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let library = try runtime.workbench.lessons()
        let progress = try runtime.openProgress()
        let rows = try library.lessons().map { lesson in
            let steps = try progress.progress(lesson: lesson.id, steps: lesson.steps.map(\.id))
            return Row(
                id: lesson.id,
                title: lesson.title,
                summary: lesson.summary,
                minutes: lesson.minutes,
                steps: lesson.steps.count,
                passed: steps.filter { $0.passedAt != nil }.count,
                step: try progress.state(of: lesson.id)?.step,
                points: steps.reduce(0) { $0 + $1.points },
                maxPoints: lesson.maxPoints
            )
        }
        if printing.json {
            try runtime.console.print(json: rows)
            return .success
        }
        for row in rows {
            runtime.console.print("\(row.id)  \(row.title)")
            let length = row.minutes.map { "about \($0) minutes, " } ?? ""
            let place = row.step.map { "you are at \($0)" } ?? "not started"
            runtime.console.print(
                "  \(row.summary)\n  \(length)\(row.steps) steps, \(place), \(row.points)/\(row.maxPoints) points"
            )
        }
        return .success
    }

    private struct Row: Encodable {
        let id: String
        let title: String
        let summary: String
        let minutes: Int?
        let steps: Int
        let passed: Int
        let step: String?
        let points: Int
        let maxPoints: Int
    }
}
