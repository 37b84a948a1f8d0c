// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchRun; convert_runmount.go.

import Diagnostics
import DockerfileSyntax
import OCISpec
import SystemFiles

extension StageBuilder {
    mutating func run(_ instruction: RunInstruction, _ whole: Instruction) throws {
        let command = runWords(instruction)
        let createdBy = runHistory(command)
        let before = state.tree
        let config = state.configuration.config
        let seen = state.scope.runEnvironment
        let operation = LayerOperation.run(
            arguments: command,
            environment: seen.arguments + seen.environment,
            workingDirectory: config.workingDir ?? "/",
            user: config.user
        )
        guard request.followsCommands else {
            recordLayer(createdBy, since: before, whole.range, operation)
            return
        }
        guard !isBaseUnknown else {
            note(
                "nothing is known of \(baseLabel), so this command cannot be followed",
                whole.range,
                .filesystem
            )
            recordLayer(createdBy, since: before, whole.range, operation)
            return
        }
        let user = try runUser(whole.range)
        let uncertain = state.uncertain
        let mounts = try mount(instruction.mounts, whole.range)
        let outcome = interpret(instruction, user: user, secrets: mounts.secrets, whole.range)
        log = outcome.log
        state.tree = outcome.tree
        state.uncertain = outcome.uncertain
        unmount(mounts, before: before, uncertain: uncertain)
        for unknown in outcome.unknowns { if !state.unknowns.contains(unknown) { state.unknowns.append(unknown) } }
        if let code = outcome.exitCode, code != 0 {
            throw BuildStop(
                BuildProblem(
                    "process \(GoQuote.quote(command.joined(separator: " "))) did not complete successfully: exit code: \(code)",
                    range: outcome.failureRange ?? whole.range,
                    exitCode: code,
                    output: Array(log.suffix(20)),
                    reason: outcome.reason,
                    fix: outcome.fix
                )
            )
        }
        recordLayer(createdBy, since: before, whole.range, operation)
    }

    /// The words of the process as BuildKit records them.
    func runWords(_ instruction: RunInstruction) -> [String] {
        switch instruction.script {
        case .shell(let script): shellWords + [script.text]
        case .exec(let words): words.map(\.text)
        case .file(let name, _): shellWords + ["/dev/pipes/\(name)"]
        }
    }

    /// `RUN |2 A=1 B= /bin/sh -c … # buildkit`: every build argument that is declared so far, one without value as empty, one
    /// that ENV hides with the value of ENV.
    private func runHistory(_ words: [String]) -> String {
        let shown = state.argumentNames.map { "\($0)=\(value(of: $0) ?? "")" }
        let arguments = shown.isEmpty ? "" : "|\(shown.count) " + shown.joined(separator: " ") + " "
        return "RUN " + arguments + words.joined(separator: " ") + " # buildkit"
    }

    /// Who runs the command; a name that the image does not have stops the build as the runtime would.
    private mutating func runUser(_ range: SourceRange) throws -> RunUser {
        let text = state.configuration.config.user ?? ""
        switch RunAsUser(text, in: state.accounts) {
        case .user(let identity):
            return RunUser(
                uid: identity.uid,
                gid: identity.gid,
                name: identity.account?.name ?? String(identity.uid),
                home: identity.account?.home ?? "/",
                groups: identity.groups
            )
        case .unknown(.user, let name, _, _):
            note("the user \(name) may or may not be in the image", range, .output)
            return RunUser(uid: 1000, gid: 1000, name: name, home: "/", groups: [], isKnown: false)
        case .unknown(.group, _, _, let uid):
            return RunUser(uid: uid ?? 1000, gid: 1000, name: text, home: "/", groups: [], isKnown: uid == 0)
        case .noSuchUser(let name), .invalid(.user, let name):
            throw BuildStop(
                "unable to find user \(name): no matching entries in passwd file",
                range: range,
                fix: "create \(name) with adduser or useradd before the USER line"
            )
        case .noSuchGroup(let name, _), .invalid(.group, let name):
            throw BuildStop(
                "unable to find group \(name): no matching entries in group file",
                range: range,
                fix: "create the group \(name) before the USER line"
            )
        }
    }

    /// The environment of a command: build arguments, the configuration's ENV over them, a PATH and a home.
    func runEnvironment(home: String) -> [String: String] {
        var result: [String: String] = ["PATH": Self.defaultPath, "HOME": home]
        let environment = state.scope.runEnvironment
        for entry in state.scope.proxies + environment.arguments + environment.environment {
            guard let equals = entry.firstIndex(of: "=") else { continue }
            result[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
        }
        return result
    }
}
