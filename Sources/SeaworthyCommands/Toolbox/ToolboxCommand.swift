// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `seaworthy toolbox`: the engine's small parts, one line in and one line out, for tests and drivers.
struct ToolboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "toolbox",
        abstract: "Ask the engine's parts one by one: lines on standard input, a line of answer for each.",
        discussion: """
            Every line gets exactly one line of answer, in order. A line that makes no sense is answered with \
            `error: …` and the next one is read.
            """,
        subcommands: [
            ToolboxVercmp.self, ToolboxRange.self, ToolboxPURL.self, ToolboxCVSS.self, ToolboxLicense.self,
            ToolboxExpand.self, ToolboxIgnore.self, ToolboxOSV.self, ToolboxReference.self, ToolboxShell.self,
        ]
    )
}
