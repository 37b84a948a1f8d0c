// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics

/// How a command prints its result.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON document.")
    var json = false
}

/// What commands of a lesson take.
struct LessonOptions: ParsableArguments {
    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var printing: OutputOptions
}

/// What commands of a step take, which need not be the current one.
struct StepOptions: ParsableArguments {
    @Option(help: "The step; the current one when not given.")
    var step: String?

    @OptionGroup var lesson: LessonOptions

    /// The workspace.
    var workspace: String? { lesson.workspace }
    /// How the result is printed.
    var printing: OutputOptions { lesson.printing }
}

/// How a command shows a step.
struct StepOutput: ParsableArguments {
    @Flag(help: "Words instead of colours, glyphs and movement.")
    var plain = false

    @OptionGroup var printing: OutputOptions
}

/// How a command prints a report that is text or JSON.
struct TextOrJSON: ParsableArguments {
    @Option(help: "text or json.")
    var format: String = "text"

    @Flag(help: "The same as --format json.")
    var json = false

    /// Whether the form is one of the two.
    var isKnown: Bool { ["text", "json"].contains(format) }
    /// Whether JSON is wanted.
    var isJSON: Bool { json || format == "json" }

    /// Refuses a form that there is not.
    func requireKnown() throws {
        guard isKnown else {
            throw Failure(.usage, "unknown format", at: .option("--format \(format)"), fix: "use text or json")
        }
    }
}
