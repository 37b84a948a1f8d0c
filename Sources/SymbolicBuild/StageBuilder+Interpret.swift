// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import ShellMachine

extension StageBuilder {
    /// What a RUN came to.
    struct RunOutcome {
        let tree: FileTree
        let uncertain: UncertainPlaces
        /// nil when it is not known.
        let exitCode: Int?
        let log: [String]
        let unknowns: [Unknown]
        let failureRange: SourceRange?
        /// Why it failed, as far as the model of the command says.
        let reason: CommandFailure?
        let fix: String?
    }

    /// Follows a RUN with the shell interpreter; the stage's own state stays as it is.
    func interpret(
        _ instruction: RunInstruction,
        user: RunUser,
        secrets: Set<String>,
        _ whole: SourceRange
    ) -> RunOutcome {
        var shell = ShellState(
            tree: state.tree,
            environment: runEnvironment(home: user.home),
            // A runtime tells the process nothing of the links on the way.
            workingDirectory: state.tree.resolve(workingDirectory)?.path ?? workingDirectory,
            user: ShellState.User(uid: user.uid, gid: user.gid, name: user.name, groups: user.groups),
            epochSeconds: request.epochSeconds,
            repository: environment.repository,
            uncertain: state.uncertain,
            machine: request.platform.architecture == "arm64" ? "aarch64" : "x86_64",
            unknownVariables: secrets,
            isUserKnown: user.isKnown,
            hasNetwork: (instruction.network ?? "default") == "default"
                ? request.hasNetwork : instruction.network != "none"
        )
        let interpreter = ShellInterpreter(programs: .standard, limits: request.limits)
        let outcome: ShellOutcome
        let source: MappedText?
        switch instruction.script {
        case .shell(let script):
            outcome = interpreter.runExec(arguments: shellWords + [script.text], state: &shell)
            source = script
        case .exec(let words):
            outcome = interpreter.runExec(arguments: words.map(\.text), state: &shell)
            source = nil
        case .file(let name, let content):
            let path = ImagePath("/dev/pipes/\(name)")
            shell.tree.insert(.file(content.utf8, mode: 0o755), at: path)
            outcome = interpreter.runExec(arguments: shellWords + [path.description], state: &shell)
            shell.tree.remove("/dev/pipes")
            source = content
        }
        func range(_ offset: Int) -> SourceRange? {
            source.map { text in
                let start = text.position(at: offset)
                return SourceRange(start: start, end: SourcePosition(line: start.line, column: start.column + 1))
            }
        }
        let place = source?.range
        return RunOutcome(
            tree: shell.tree,
            uncertain: shell.uncertain,
            exitCode: outcome.exit.code,
            log: Self.lines(outcome.log),
            unknowns: outcome.unknowns.map {
                Unknown(
                    reason: $0.unknown.reason,
                    range: range($0.offset) ?? place ?? whole,
                    scope: $0.unknown.scope,
                    paths: $0.unknown.paths,
                    spared: $0.unknown.spared,
                    cause: $0.unknown.cause
                )
            },
            failureRange: outcome.failure.flatMap { range($0.offset) },
            reason: outcome.failure?.reason,
            fix: Self.fix(outcome.failure?.reason, state)
        )
    }

    /// What mends the mistakes that people make most.
    private static func fix(_ reason: CommandFailure?, _ state: StageState) -> String? {
        if case .noNetwork(let program)? = reason {
            return
                "\(program) fetches from a network and this line has none: take `--network=none` away, or hand in with COPY or"
                + " --mount what it fetches"
        }
        guard case .programMissing(let program)? = reason else { return nil }
        func has(_ path: String) -> Bool { state.tree.resolvedNode(at: ImagePath(path)) != nil }
        switch program {
        case "addgroup", "adduser":
            return has("/usr/sbin/useradd")
                ? "this image has no \(program); use groupadd and useradd, which it has" : nil
        case "groupadd", "useradd":
            return has("/bin/busybox") ? "this image has no \(program); use addgroup and adduser, which it has" : nil
        case "apt-get", "apt": return has("/sbin/apk") ? "this image is Alpine: use apk add" : nil
        case "apk": return has("/usr/bin/apt-get") ? "this image is Debian: use apt-get install" : nil
        case _ where Self.shells.contains(program.split(separator: "/").last.map(String.init) ?? program):
            if let other = Self.shellPaths.first(where: { $0 != program && has($0) }) {
                let wanted = program.contains("/") ? program : "program \(program)"
                return "this image has no \(wanted); it has \(other)"
            }
            return "this image has no shell; do this in a stage that has one, such as a -dev image, and copy the result"
        default: return nil
        }
    }

    private static let shells: Set<String> = ["ash", "bash", "dash", "ksh", "sh", "zsh", "pwsh", "powershell", "cmd"]
    private static let shellPaths = ["/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash", "/bin/sh", "/busybox/sh"]

    private static func lines(_ log: [UInt8]) -> [String] {
        log.split(separator: 0x0A).suffix(20_000).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Who runs a command of a build.
struct RunUser {
    let uid: UInt32
    let gid: UInt32
    let name: String
    let home: String
    let groups: [UInt32]
    /// Whether the numbers are those that a container has; else they stand for a user of whom nothing is known.
    var isKnown = true
}
