// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Lessons
import ProgressStore
import Workbench

/// What answers to `docker` in the lesson's shell. Every command line is recorded with its exit code.
struct DockerFace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docker",
        abstract: "Docker's commands as Seaworthy answers them: images are built symbolically, nothing is run.",
        subcommands: [
            BuildCommand.self, Buildx.self, DockerPull.self, ScoutCommand.self, ImageList.self, DockerImage.self,
            ImageInspect.self,
            ImageHistory.self, ImageSave.self, ImageLoad.self, ImageTag.self, DockerRmi.self, DockerVersion.self,
            DockerInfo.self,
            DockerLogin.self, DockerAbsent.self,
        ]
    )

    static func run(_ words: [String]) -> Int32 {
        if let absent = absentCommand(words) {
            let code = Program.run(DockerFace.self, ["absent", absent])
            record(words, code)
            return code
        }
        let code =
            words == ["--version"] || words == ["-v"]
            ? Program.run(DockerFace.self, ["version"]) : Program.run(DockerFace.self, words)
        record(words, code)
        return code
    }

    /// The command that needs a real engine, or a registry that may not be asked; nil for one that is answered.
    private static func absentCommand(_ words: [String]) -> String? {
        let isGrouped = words.first == "image" && words.count > 1
        guard let name = isGrouped ? words[1] : words.first else { return nil }
        if name == "pull", DockerPull.isAnswered { return nil }
        return (isGrouped ? ["pull", "push"] : DockerAbsent.commands).contains(name) ? name : nil
    }

    /// Puts the command on the learner's record. A record that cannot be written is said, and changes no exit code.
    private static func record(_ words: [String], _ code: Int32) {
        let runtime = Runtime()
        guard let session = try? runtime.session() else { return }
        let line = (["docker"] + words).joined(separator: " ")
        do {
            _ = try session.progress.record(
                .commandRan(
                    CommandRun(line: line, exitCode: Int(code), image: ScoutedImage.name(words, on: runtime.workbench))
                ),
                lesson: session.lesson.id,
                step: session.step.id,
                now: runtime.now
            )
        } catch let failure as Failure {
            runtime.console.report(failure)
        } catch {
            runtime.console.remark("seaworthy: the command could not be recorded: \(error)")
        }
    }
}

/// `docker buildx`.
struct Buildx: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buildx",
        abstract: "Build images.",
        subcommands: [BuildCommand.self]
    )
}

/// `docker image`.
struct DockerImage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Look at images.",
        subcommands: [
            ImageList.self, ImageInspect.self, ImageHistory.self, ImageSave.self, ImageLoad.self, ImageTag.self,
            ImageRemove.self,
            ImagePrune.self, DockerPull.self,
        ]
    )
}

/// `docker version`.
struct DockerVersion: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Show the version.")

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        runtime.console.print(
            "Docker as answered by Seaworthy \(EngineVersion.current): symbolic builds, no containers"
        )
        return .success
    }
}

/// `docker info`.
struct DockerInfo: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "info", abstract: "Show what stands behind `docker`.")

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let images = try ImageFinder(runtime.workbench).stored().count
        runtime.console.print(
            """
            Server: Seaworthy \(EngineVersion.current), a symbolic builder
             Images: \(images)
             Storage Driver: OCI layout
             driver-type: io.containerd.snapshotter.v1
             Data: \(runtime.home)
            """
        )
        return .success
    }
}

/// `docker login`: there is no account to log in to.
struct DockerLogin: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "No account is needed.",
        aliases: ["logout"]
    )

    @Argument(parsing: .allUnrecognized, help: .hidden)
    var rest: [String] = []

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        runtime.console.print("No account is needed here: nothing leaves your machine.")
        return .success
    }
}

/// The commands that need a real engine.
struct DockerAbsent: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "absent", shouldDisplay: false)
    static let commands = [
        "run", "exec", "ps", "start", "stop", "kill", "rm", "logs", "pull", "push", "compose", "container", "volume",
        "network",
        "cp", "commit", "create", "attach", "search", "swarm", "service", "stack", "node", "system", "context",
        "plugin",
    ]

    @Argument var name: String

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        if name == "pull" { throw DockerPull.refusal }
        throw Failure(
            .unavailable,
            "`docker \(name)` needs a real Docker engine",
            why: "Seaworthy builds and looks at images, it runs nothing",
            fix: "the lesson does not need it; outside this shell your own docker is as it was"
        )
    }
}

/// `docker rmi`.
struct DockerRmi: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "rmi", abstract: "Remove images.")

    @Argument(help: "The images.")
    var images: [String]

    @Flag(name: [.short, .long], help: "Accepted for compatibility.")
    var force = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus { try ImageRemove.remove(images, runtime) }
}
