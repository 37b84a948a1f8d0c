// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `seaworthy dockerfile`: look at a Dockerfile without building it.
struct DockerfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dockerfile",
        abstract: "Look at a Dockerfile without building it.",
        subcommands: [DockerfileParse.self, DockerfileLint.self, DockerfileConfig.self]
    )
}
