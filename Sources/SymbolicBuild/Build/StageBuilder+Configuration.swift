// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec

extension StageBuilder {
    mutating func setCommand(_ line: CommandLine, _ range: SourceRange) {
        let words = commandWords(line)
        state.configuration.config.cmd = words
        state.configuration.config.argsEscaped = true
        state.hasCommand = true
        state.commandRange = range
        record("CMD " + GoQuote.list(words), isEmpty: true)
    }

    mutating func setEntrypoint(_ line: CommandLine, _ range: SourceRange) {
        let words = commandWords(line)
        state.configuration.config.entrypoint = words
        state.entrypointRange = range
        if !state.hasCommand {
            state.configuration.config.cmd = nil
            state.commandRange = nil
        }
        record("ENTRYPOINT " + GoQuote.list(words), isEmpty: true)
    }

    /// The words of a command, the shell in front of a shell form.
    func commandWords(_ line: CommandLine) -> [String] {
        switch line {
        case .exec: line.words
        case .shell: shellWords + line.words
        }
    }

    /// The shell of shell-form instructions.
    var shellWords: [String] { state.configuration.config.shell ?? ["/bin/sh", "-c"] }

    mutating func setEnvironment(_ instruction: KeyValueInstruction, _ range: SourceRange) throws {
        let pairs: [(name: String, value: String)]
        do {
            pairs = try state.scope.set(instruction).pairs
        } catch {
            throw BuildStop(error.description, range: range)
        }
        state.configuration.config.env = state.scope.environment.entries
        record("ENV " + pairs.map { $0.name + "=" + $0.value }.joined(separator: " "), isEmpty: true)
    }

    mutating func setLabels(_ instruction: KeyValueInstruction, _ range: SourceRange) throws {
        let pairs: [(name: String, value: String)]
        do {
            pairs = try state.scope.expanded(instruction).pairs
        } catch {
            throw BuildStop(error.description, range: range)
        }
        var labels = state.configuration.config.labels ?? [:]
        for pair in pairs { labels[pair.name] = pair.value }
        state.configuration.config.labels = labels
        record("LABEL " + pairs.map { $0.name + "=" + $0.value }.joined(separator: " "), isEmpty: true)
    }

    mutating func declare(_ instruction: ArgInstruction, _ range: SourceRange) throws {
        do {
            try state.scope.declare(instruction)
        } catch {
            throw BuildStop(error.description, range: range)
        }
        let shown = state.scope.arguments.suffix(instruction.declarations.count)
        record("ARG " + shown.map { $0.name + ($0.value.map { "=" + $0 } ?? "") }.joined(separator: " "), isEmpty: true)
    }

    mutating func expose(_ instruction: ExposeInstruction, _ range: SourceRange) throws {
        var ports = state.configuration.config.exposedPorts ?? [:]
        var shown: [String] = []
        for token in instruction.ports {
            for word in try expansion(token.text, token.range).words {
                let specification: PortSpecification
                do {
                    specification = try PortSpecification(parsing: word)
                } catch {
                    throw BuildStop(error.description, range: token.range)
                }
                for port in specification.configurationKeys {
                    ports[port] = EmptyObject()
                    shown.append(port)
                }
            }
        }
        state.configuration.config.exposedPorts = ports
        record("EXPOSE [" + shown.joined(separator: " ") + "]", isEmpty: true)
    }

    mutating func setHealthcheck(_ check: HealthcheckInstruction) {
        func nanoseconds(_ duration: Duration) -> Int? {
            let parts = duration.components
            let (high, isOver) = parts.seconds.multipliedReportingOverflow(by: 1_000_000_000)
            let value = isOver ? Int64.max : high &+ parts.attoseconds / 1_000_000_000
            return value == 0 ? nil : Int(value)
        }
        state.configuration.config.healthcheck = Healthcheck(
            test: check.test,
            interval: nanoseconds(check.interval),
            timeout: nanoseconds(check.timeout),
            startPeriod: nanoseconds(check.startPeriod),
            startInterval: nanoseconds(check.startInterval),
            retries: check.retries == 0 ? nil : check.retries
        )
        record("HEALTHCHECK " + GoQuote.list(check.test), isEmpty: true)
    }

    mutating func setAuthor(_ author: String) {
        state.configuration.author = author
        record("MAINTAINER " + author, isEmpty: true)
    }

    mutating func setShell(_ words: [String]) {
        state.configuration.config.shell = words
        record("SHELL [" + words.joined(separator: " ") + "]", isEmpty: true)
    }

    mutating func setStopSignal(_ token: Token, _ range: SourceRange) throws {
        let signal = try expand(token.text, token.range)
        if let complaint = StopSignal.complaint(about: signal) { throw BuildStop(complaint, range: range) }
        state.configuration.config.stopSignal = signal
        record("STOPSIGNAL " + signal, isEmpty: true)
    }

    mutating func setUser(_ token: Token, _ range: SourceRange) throws {
        let user = try expand(token.text, token.range)
        state.configuration.config.user = user
        state.userInstruction = (user, state.index, range)
        record("USER " + user, isEmpty: true)
    }

    mutating func setVolumes(_ tokens: [Token], _ range: SourceRange) throws {
        var volumes = state.configuration.config.volumes ?? [:]
        var shown: [String] = []
        for token in tokens {
            let path = try expand(token.text, token.range)
            guard !path.isEmpty else { throw BuildStop("VOLUME specified can not be an empty string", range: range) }
            volumes[path] = EmptyObject()
            shown.append(path)
        }
        state.configuration.config.volumes = volumes
        record("VOLUME [" + shown.joined(separator: " ") + "]", isEmpty: true)
    }

    mutating func setWorkingDirectory(_ token: Token, _ instruction: Instruction) throws {
        let written = try expand(token.text, token.range)
        let path = ImagePath(written, relativeTo: workingDirectory)
        state.configuration.config.workingDir = path.description
        guard !path.isRoot else {
            record("WORKDIR /", isEmpty: true)
            return
        }
        let before = state.tree
        let owner = numericUser()
        var current = ImagePath.root
        for name in path.components {
            let next = current.appending(name)
            guard let resolved = state.tree.resolve(next) else {
                throw BuildStop("failed to create the folder \(path): a part of it is no folder", range: instruction.range)
            }
            if let node = resolved.node {
                guard node.isDirectory else {
                    throw BuildStop("failed to mkdir \(path): \(next) is no folder", range: instruction.range)
                }
            } else {
                var folder = FileNode.directory(uid: owner.uid, gid: owner.gid)
                folder.modificationTime = request.epochSeconds
                state.tree.insert(folder, at: resolved.path)
            }
            current = resolved.path
        }
        recordLayer("WORKDIR " + path.description, since: before, instruction.range, .makeDirectory(path.description))
    }
}
