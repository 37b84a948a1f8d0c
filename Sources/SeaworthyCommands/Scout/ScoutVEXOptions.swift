// SPDX-License-Identifier: Apache-2.0

// Source: Docker Scout's command reference, `cves`, `quickview` and `compare`.

import ArgumentParser
import Diagnostics
import ImageAnalysis
import Workbench

/// Whose word on vulnerabilities counts.
struct ScoutVEXOptions: ParsableArguments {
    @Option(
        name: .customLong("vex-author"),
        help: "A regular expression for authors whose VEX statements are trusted. Repeatable."
    )
    var authors: [String] = [VEXRules.standardAuthor]

    @Option(
        name: .customLong("vex-location"),
        help: "A file with a VEX document, or a folder with files *.vex.json. Repeatable."
    )
    var locations: [String] = []

    @Flag(
        name: [.customLong("only-vex-affected"), .customLong("ignore-suppressed")],
        help: "Leave out what trusted VEX statements mark as not affected."
    )
    var hidesMarked = false

    @Flag(name: .customLong("vex"), help: .hidden)
    var isDeprecated = false

    /// The rules, with the documents read.
    func rules(_ runtime: Runtime) throws -> VEXRules {
        for author in authors {
            do {
                _ = try Regex(author)
            } catch {
                throw Failure(
                    .usage,
                    "this is no regular expression",
                    at: .option("--vex-author \(author)"),
                    why: String(describing: error)
                )
            }
        }
        return VEXRules(authors: authors, documents: try locations.flatMap(runtime.workbench.vexDocuments))
    }
}
