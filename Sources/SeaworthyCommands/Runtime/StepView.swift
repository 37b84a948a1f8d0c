// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import Lessons
import ProgressStore
import TerminalMarkdown
import Workbench
import Workspaces

/// A step as it is shown: where it stands, its text, and what one can type next.
struct StepView {
    private let session: LearnerSession
    private let console: Console

    init(_ session: LearnerSession, _ console: Console) {
        self.session = session
        self.console = console
    }

    /// Prints the step; as JSON where the learner is.
    func show(asJSON: Bool = false) throws {
        guard !asJSON else { return try console.print(json: try StatusDocument(session)) }
        let lesson = session.lesson
        let dot = console.isPlain ? "-" : "·"
        console.print(
            "\(lesson.title) \(dot) step \(session.stepNumber) of \(lesson.steps.count): \(session.step.title)"
        )
        console.print("")
        for line in render(try session.library.text(of: session.step, in: lesson)) { console.print(line) }
        for question in session.step.questions {
            console.print("")
            for line in render("**\(question.id)** \(question.text)") { console.print(line) }
            for option in question.options {
                for line in render("\(option.id)) \(option.text)") { console.print("  " + line) }
            }
            console.print("  Answer with: seaworthy answer \(question.id) LETTER")
        }
        console.remark("")
        let commands = ["check", "hint", "next", "back", "shell", "status"]
        console.remark("seaworthy " + commands.joined(separator: console.isPlain ? ", " : " · "))
        if let workspace = session.workspace {
            if let change = try? session.keeper.unfinishedChange(of: workspace) {
                let what = ChangeText.name(change.kind, change.label)
                console.remark(
                    "The \(what) was interrupted. `seaworthy undo` brings your files to order; nothing is lost."
                )
            }
            console.remark("Your files: \(workspace.path.harmless)")
        } else if let gone = try session.progress.state(of: lesson.id)?.workspace {
            console.remark(
                "Your files are not at \(gone.harmless) any more. `seaworthy learn \(lesson.id) --workspace DIR` makes new ones."
            )
        }
    }

    /// Markdown as lines for this console.
    func render(_ text: String) -> [String] {
        let style: StyleSheet = console.isPlain ? .ascii : console.usesColour ? .dark : .noColor
        // A value that a shell would take apart is shown so that it can be pasted.
        let variables = try? session.variables().mapValues { ShellText.quoted($0) }
        return TerminalMarkdown.render(
            markdown: text,
            options: RenderOptions(
                width: console.width,
                style: style,
                codeOverflow: console.isTerminal ? .fit : .keep,
                showsDetails: !console.isTerminal,
                variables: variables
            )
        )
    }
}
