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
}
