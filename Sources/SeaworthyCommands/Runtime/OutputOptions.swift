// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics

/// How a command prints its result.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON document.")
    var json = false
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
