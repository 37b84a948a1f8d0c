// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import DockerfileSyntax
import HostFiles
import Lessons
import ProgressStore
import Workbench

/// `seaworthy set`: a lesson's variable, such as the name that images are built under.
struct SetVariable: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set a variable of the lesson; without a value, show it.",
        discussion: "`seaworthy set DOCKER_USERNAME ada` names the account that your images are called after."
    )

    @Argument(help: "The variable; all of them when none is named.")
    var name: String?

    @Argument(help: "Its value.")
    var value: String?

    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(workspace: workspace)
        guard let name else { return try show(session.lesson.variables, session, runtime) }
        let known = session.lesson.variables
        guard
            let variable = known.first(where: { $0.name == name })
                ?? known.first(where: { $0.name == name.uppercased() })
        else {
            let names = known.map(\.name)
            throw Failure(
                .noInput,
                "the lesson \(session.lesson.id) has no variable \"\(name)\"",
                fix: Suggestion.nearest(to: name.uppercased(), among: names).map { "did you mean \($0)?" }
                    ?? (names.isEmpty ? "it asks for none" : "its variables are: \(names.joined(separator: ", "))")
            )
        }
        guard let value else { return try show([variable], session, runtime) }
        let clean = VariablePrompt.trimmed(value)
        if let problem = variable.problem(with: clean) { throw VariablePrompt.refusal(clean, of: variable, problem) }
        try session.progress.setVariable(variable.name, to: clean, lesson: session.lesson.id, now: runtime.now)
        if printing.json { return try show([variable], session, runtime) }
        let assignment = "\(variable.name)=\(ShellText.quoted(clean))"
        runtime.console.print(assignment)
        if runtime.environment["SEAWORTHY_SHELL"] != nil {
            runtime.console.remark(
                "This shell still has the old value; type `export \(assignment)` here, or open a new one."
            )
        }
        return .success
    }

    private func show(_ variables: [LessonVariable], _ session: LearnerSession, _ runtime: Runtime) throws -> ExitStatus
    {
        let values = try session.variables()
        if printing.json {
            try runtime.console.print(json: variables.map { Row(name: $0.name, value: values[$0.name]) })
            return .success
        }
        for variable in variables {
            guard let value = values[variable.name] else {
                runtime.console.remark("\(variable.name) has no value yet.")
                continue
            }
            runtime.console.print("\(variable.name)=\(ShellText.quoted(value).harmless)")
        }
        return .success
    }

    private struct Row: Encodable {
        let name: String
        let value: String?
    }
}

/// Values for variables, from the terminal and elsewhere.
enum VariablePrompt {
    /// How often a person is asked before the default is taken.
    private static let attempts = 3

    /// Asks until the value fits; nil when there is no answer, or none that fits.
    static func ask(_ variable: LessonVariable, _ console: Console) -> String? {
        for _ in 0..<attempts {
            console.prompt("\(variable.prompt) [\(variable.defaultValue ?? "")]: ")
            guard let line = readLine().map(trimmed), !line.isEmpty else { return nil }
            guard let problem = variable.problem(with: line) else { return line }
            let suggestion = variable.suggestion(for: line).map { ", such as \($0)" } ?? ""
            console.remark("\"\(line.harmless)\" cannot be used: \(problem)\(suggestion).")
        }
        return nil
    }

    static func refusal(_ value: String, of variable: LessonVariable, _ problem: String) -> Failure {
        Failure(
            .usage,
            "\(ShellText.quoted(value)) cannot be the value of \(variable.name)",
            why: problem,
            fix: variable.suggestion(for: value).map { "use `seaworthy set \(variable.name) \($0)`" }
        )
    }

    /// The value without blanks around it.
    static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}
