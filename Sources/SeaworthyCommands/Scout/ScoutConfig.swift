// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ProgressStore
import Workbench

/// `scout config`: show or set the organization.
struct ScoutConfig: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show or set the configuration.",
        aliases: ["configure"]
    )

    @Argument(help: "The key: organization.")
    var key: String?

    @Argument(help: "The value.")
    var value: String?

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let progress = try runtime.openProgress()
        let settings = try progress.settings()
        guard let key else {
            guard !printing.json else {
                try runtime.console.print(json: settings.filter { $0.key == "organization" })
                return .success
            }
            let lines = settings.filter { $0.key == "organization" }.map { "\($0.key)=\($0.value.harmless)" }
            runtime.console.print(
                lines.first ?? "Configuration empty. See docker scout config --help for details."
            )
            return .success
        }
        guard key == "organization" else {
            throw Failure(.usage, "unknown configuration key \"\(key)\"", fix: "the only key is organization")
        }
        guard let value else {
            if printing.json {
                try runtime.console.print(json: settings.filter { $0.key == key })
            } else if let current = settings[key] {
                runtime.console.print(current.harmless)
            }
            return .success
        }
        guard !value.isEmpty, value.utf8.count <= 255, !value.contains(where: { $0.isWhitespace || $0.isNewline })
        else {
            throw Failure(
                .usage,
                "an organization's name has no blanks",
                at: .option(value),
                fix: "write it as in its Docker Hub address"
            )
        }
        try progress.setSetting(key, to: value, now: runtime.now)
        if printing.json {
            try runtime.console.print(json: [key: value])
        } else {
            runtime.console.print("    ✓ Successfully set organization to \(value.harmless)")
        }
        return .success
    }
}

/// `scout version`.
struct ScoutVersion: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Show the version.")

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        if printing.json {
            try runtime.console.print(json: ["version": EngineVersion.current])
        } else {
            runtime.console.print("Docker Scout as answered by Seaworthy \(EngineVersion.current)")
        }
        return .success
    }
}
