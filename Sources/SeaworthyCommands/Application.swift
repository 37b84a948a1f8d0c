// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import DockerfileSyntax
import Workbench

/// `seaworthy`: all its commands, grouped by who needs them.
struct Application: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seaworthy",
        abstract: "A workshop for container images that are fit to ship, and its grader.",
        discussion: """
            Works without Docker, a network or an account. Nothing of what you build is ever run.

            Exit codes: 0 done · 1 judged and not passed · 2 the condition of --exit-code is met · 3 judged and something is \
            unknown · 64 bad usage · 65 malformed input · 66 missing input · 69 a service is missing · 70 a fault of ours · \
            73, 74 cannot write or read · 130 interrupted
            """,
        version: EngineVersion.current,
        subcommands: [Resume.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Learn",
                subcommands: [
                    LessonsList.self, Learn.self, Check.self, Status.self, Next.self, Back.self, Goto.self, Hint.self,
                    Solution.self, Answer.self, Copy.self, Save.self, ShellCommand.self, SetVariable.self, Reset.self,
                    Undo.self,
                    Redo.self, History.self, Restore.self, Submit.self,
                ]
            ),
            CommandGroup(
                name: "Engine",
                subcommands: [
                    BuildCommand.self, ScoutCommand.self, DockerfileCommand.self, ImageCommand.self,
                    AdvisoriesCommand.self,
                    KitCommand.self,
                ]
            ),
            CommandGroup(name: "Teach", subcommands: [GradeCommand.self, LessonCommand.self]),
            CommandGroup(name: "Help", subcommands: [Doctor.self, VersionCommand.self, ToolboxCommand.self]),
        ],
        defaultSubcommand: Resume.self
    )
}

extension Application {
    /// The names of all commands, sorted.
    static var commandNames: [String] {
        let all = configuration.ungroupedSubcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
        return all.flatMap { command in
            [command.configuration.commandName ?? ""] + command.configuration.aliases
        }.filter { !$0.isEmpty }.sorted()
    }

    /// What to say when the first word is an option that nothing has; nil when it is a known one.
    private static func strangeOption(_ word: String) -> Failure? {
        let known = [
            "-h", "--help", "--help-hidden", "--version", "--workspace", "--plain", "--json", "--color",
            "--verbose",
            "--generate-completion-script", "--experimental-dump-help", "--",
        ]
        let name = String(word.prefix { $0 != "=" })
        guard word.hasPrefix("-"), !known.contains(name) else { return nil }
        return Failure(
            .usage,
            "there is no option \(name)",
            fix: Suggestion.nearest(to: name, among: known.filter { $0.count > 3 })
                .map { "did you mean \($0)? `seaworthy --help` lists what there is" }
                ?? "`seaworthy --help` lists what there is"
        )
    }

    /// Parts of the contract that are still to come.
    private static let futureGradeCommands = ["show", "explain", "merge", "regrade", "similarity"]

    /// What to say when the first word is no command; nil when it is one, or an option.
    ///
    /// Without this the default command would take the word for an argument of its own and answer with a riddle.
    static func unknownCommand(_ words: [String]) -> Failure? {
        if words.first == "grade", words.count > 1, Self.futureGradeCommands.contains(words[1]),
            !words.contains("--lesson")
        {
            return Failure(
                .usage,
                "`grade \(words[1])` is not in this version",
                fix:
                    "`seaworthy grade --lesson LESSON SUBMISSIONS --out DIR` grades; its JSON and CSV have all there is to know"
            )
        }
        if let first = words.first, let option = strangeOption(first) { return option }
        guard let first = words.first, !first.hasPrefix("-"), first != "help", !commandNames.contains(first) else {
            return nil
        }
        let nearest = Suggestion.nearest(to: first, among: commandNames)
        return Failure(
            .usage,
            "there is no command \"\(first)\"",
            fix: nearest.map { "did you mean `seaworthy \($0)`? `seaworthy --help` lists them all" }
                ?? "`seaworthy --help` lists the commands"
        )
    }
}
