// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `seaworthy lesson`: for those who write lessons.
struct LessonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lesson",
        abstract: "Look after lessons.",
        subcommands: [LessonLintCommand.self]
    )
}
