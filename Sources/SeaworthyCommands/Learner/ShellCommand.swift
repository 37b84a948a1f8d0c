// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import HostFiles
import Workbench
import Workspaces

/// `seaworthy shell`: the person's own shell in the workspace, with a `docker` in front that Seaworthy answers.
struct ShellCommand: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Open the lesson's shell, where `docker` is answered by Seaworthy; or run one command in it.",
        discussion: "`seaworthy shell -- docker build -t acme/app .` runs one command and exits with its code."
    )

    @Option(help: "The workspace.")
    var workspace: String?

    @Argument(parsing: .postTerminator, help: "The command to run instead of a prompt.")
    var command: [String] = []

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try? runtime.session(workspace: workspace)
        if workspace != nil, session?.workspace == nil { _ = try runtime.session(workspace: workspace) }
        guard let program = Runtime.programPath else {
            throw Failure(.internalFault, "cannot find out where this program is")
        }
        var environment = runtime.environment
        let shims = runtime.home + "/shell/bin"
        try Self.makeShims(in: shims, program: program)
        environment["PATH"] = shims + ":" + (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
        environment["SEAWORTHY_HOME"] = runtime.home
        environment["SEAWORTHY_CONTENT"] = try runtime.workbench.contentRoot()
        environment["SEAWORTHY_SHELL"] = "1"
        // Functions that bash hands on to every bash would stand in front of the lesson's commands.
        for name in ["docker", "seaworthy"] { environment["BASH_FUNC_\(name)%%"] = nil }
        for (name, value) in try session?.variables() ?? [:] { environment[name] = value }
        if let place = session?.workspace {
            environment["SEAWORTHY_WORKSPACE"] = place.path
            let isInside = (runtime.currentDirectory + "/").hasPrefix(place.path + "/")
            if !isInside || workspace != nil { _ = FileManager.default.changeCurrentDirectoryPath(place.path) }
        }
        let words = try command.isEmpty ? Self.interactive(runtime, &environment, session) : Self.once(command)
        throw Self.become(words, environment)
    }

    /// A single text is a line for the shell, several words are a command.
    private static func once(_ command: [String]) -> [String] {
        if command.count == 1, command[0].contains(where: { " \t\n|&;<>$`'\"*".contains($0) }) {
            return ["/bin/sh", "-c", command[0]]
        }
        return command
    }

    /// The words of an interactive shell with the lesson's prompt: the person's own.
    private static func interactive(
        _ runtime: Runtime,
        _ environment: inout [String: String],
        _ session: LearnerSession?
    ) throws -> [String] {
        let shell = PersonalShell.choose(runtime.environment["SHELL"]) {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        if let named = shell.passedOver {
            runtime.console.remark("The lesson's docker cannot be put into \(named.harmless); this is \(shell.path).")
        }
        runtime.console.remark("Type docker commands as the lesson has them; `exit` leaves.")
        let start = shell.start(in: runtime.home + "/shell", environment: environment)
        for file in start.files {
            try HostFile.makeFolder(HostFile.folder(of: file.path))
            try HostFile.writeAtomically(Array(file.text.utf8), to: file.path, durable: false)
        }
        environment.merge(start.environment) { _, new in new }
        return [shell.path] + start.arguments
    }

    /// Links named `docker` and `seaworthy` that lead to this program.
    private static func makeShims(in folder: String, program: String) throws {
        try HostFile.makeFolder(folder, mode: 0o755)
        for name in ["docker", "seaworthy"] {
            let path = folder + "/" + name
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == program { continue }
            let temporary = path + ".\(ProcessInfo.processInfo.processIdentifier)"
            guard symlink(program, temporary) == 0, rename(temporary, path) == 0 else {
                throw Failure(
                    .cannotCreate,
                    "cannot make the lesson's docker command",
                    at: .file(path),
                    why: String(cString: strerror(errno))
                )
            }
            HostFile.giveToOwnerOfFolder(path)
        }
    }

    /// Replaces this process by another program; comes back only when that fails.
    private static func become(_ words: [String], _ environment: [String: String]) -> any Error {
        guard let program = words.first else { return Failure(.usage, "no command is given") }
        let path = find(program, environment["PATH"] ?? "")
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        if let path { _ = execve(path, &arguments, &variables) }
        for pointer in arguments + variables { free(pointer) }
        if path == nil {
            Console(environment: environment).remark("seaworthy: \(program.harmless): command not found")
            return ExitCode(127)
        }
        return Failure(.unavailable, "cannot start \(program)", why: String(cString: strerror(errno)))
    }

    private static func find(_ program: String, _ path: String) -> String? {
        if program.contains("/") { return FileManager.default.isExecutableFile(atPath: program) ? program : nil }
        return path.split(separator: ":").map { "\($0)/\(program)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
