// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Workbench

/// `docker pull` and `docker image pull`: answered only where the setting allows to ask registries.
struct DockerPull: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch an image from its registry, where the setting registry=allowed lets it."
    )

    @Flag(name: [.customShort("a"), .customLong("all-tags")], help: "Not answered: one image is fetched at a time.")
    var allTags = false

    @Flag(name: .customLong("disable-content-trust"), help: "Accepted for compatibility: signatures are not looked at.")
    var disablesContentTrust = false

    @OptionGroup var pull: ImagePull

    var common: CommonOptions { pull.common }

    /// Whether it is answered. A setting that cannot be understood is said by the command itself.
    static var isAnswered: Bool { (try? Runtime().workbench.registryIsAllowed()) ?? true }

    /// Why it is not.
    static var refusal: Failure {
        Failure(
            .unavailable,
            "`docker pull` is not answered here",
            why: "nothing leaves this machine unless it is allowed, and the lesson's images are here already",
            fix: "`seaworthy image pull` fetches one; SEAWORTHY_REGISTRY=allowed lets `docker pull` do it, too"
        )
    }

    func run(_ runtime: Runtime) throws -> ExitStatus {
        guard try runtime.workbench.registryIsAllowed() else { throw Self.refusal }
        guard !allTags else {
            throw Failure(
                .usage,
                "all tags at once are not fetched",
                at: .option("--all-tags"),
                fix: "name one after the other"
            )
        }
        return try pull.run(runtime)
    }
}
