// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `seaworthy scout`, and `docker scout` in the lesson's shell: look at an image as Docker Scout does, without an account.
struct ScoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scout",
        abstract: "Analyse an image: packages, vulnerabilities, policies.",
        subcommands: [
            ScoutQuickview.self, ScoutCVEs.self, ScoutPolicy.self, ScoutRecommendations.self, ScoutCompare.self,
            ScoutSBOM.self,
            ScoutAttestation.self,
            ScoutVEX.self, ScoutCache.self, ScoutConfig.self,
            ScoutVersion.self,
        ]
    )

    /// Words of a command line with the options of `scout` itself behind those of its command, which takes them: `scout --as-of DAY
    /// quickview` is `scout quickview --as-of DAY`.
    static func ordered(_ words: [String]) -> [String] {
        guard let scout = words.firstIndex(of: configuration.commandName ?? ""), scout < 2 else { return words }
        var rest = words[(scout + 1)...]
        var moved: [String] = []
        while let word = rest.first {
            if word.hasPrefix("--as-of=") {
                moved.append(String(word))
                rest = rest.dropFirst()
            } else if word == "--as-of", rest.count > 1 {
                moved += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        guard !moved.isEmpty, let command = rest.first else { return words }
        return Array(words[...scout]) + [command] + moved + Array(rest.dropFirst())
    }
}
