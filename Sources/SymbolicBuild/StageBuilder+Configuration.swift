// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
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
        case .shell(let text): shellWords + [text.text]
        }
    }

    /// The shell of shell-form instructions; one without words counts as none.
    var shellWords: [String] {
        guard let shell = state.configuration.config.shell, !shell.isEmpty else { return ["/bin/sh", "-c"] }
        return shell
    }

    mutating func setEnvironment(_ instruction: KeyValueInstruction, _ range: SourceRange) throws {
        let pairs: [(name: String, value: String)]
        // Held twice, the list would be copied for every variable.
        state.configuration.config.env = nil
        defer { state.configuration.config.env = state.scope.environment.entries }
        do {
            pairs = try state.scope.set(instruction).pairs
        } catch {
            throw BuildStop(error.description, range: range)
        }
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
        state.configuration.config.labels = nil
        for pair in pairs { labels[pair.name] = pair.value }
        state.configuration.config.labels = labels
        record("LABEL " + pairs.map { $0.name + "=" + $0.value }.joined(separator: " "), isEmpty: true)
    }

    mutating func declare(_ instruction: ArgInstruction, _ range: SourceRange) throws {
        let shown: [(name: String, value: String?)]
        do {
            shown = try declarations(instruction)
            _ = try state.scope.declare(instruction)
        } catch let error as ExpansionError {
            throw BuildStop(error.description, range: range)
        }
        for (name, _) in shown where !state.argumentNames.contains(name) { state.argumentNames.append(name) }
        record("ARG " + shown.map { $0.name + ($0.value.map { "=" + $0 } ?? "") }.joined(separator: " "), isEmpty: true)
    }

    /// What an ARG's history line shows: the value from outside, else the default, else that of the global scope.
    private func declarations(_ instruction: ArgInstruction) throws -> [(name: String, value: String?)] {
        var result: [(name: String, value: String?)] = []
        var earlier: [String: String] = [:]
        for declaration in instruction.declarations {
            func expanded(_ word: String) throws(ExpansionError) -> String {
                try WordExpander(escape: escape).expand(word) { name in
                    state.scope.environment[name] ?? earlier[name] ?? self.value(of: name)
                }.value
            }
            let name = try expanded(declaration.name.text)
            let value: String?
            if let given = request.buildArguments[name] {
                value = given
            } else if let word = declaration.value {
                value = try expanded(word.text)
            } else {
                value = globalValues[name]
            }
            if let value { earlier[name] = value }
            result.append((name, value))
        }
        return result
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
        // BuildKit prints the whole structure, a time span that is not set as `0s`.
        func span(_ duration: Duration) -> String { GoQuote.duration(nanoseconds: nanoseconds(duration) ?? 0) }
        record(
            "HEALTHCHECK {Test:[\(check.test.joined(separator: " "))] Interval:\(span(check.interval)) "
                + "Timeout:\(span(check.timeout)) StartPeriod:\(span(check.startPeriod)) "
                + "StartInterval:\(span(check.startInterval)) Retries:\(check.retries)}",
            isEmpty: true
        )
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
        // An absolute path is taken as it is written, a slash at its end and dots included.
        let shown = written.utf8.first == 0x2F && !path.isRoot ? written : path.description
        state.configuration.config.workingDir = shown
        guard !path.isRoot else {
            record("WORKDIR /", isEmpty: true)
            return
        }
        let before = state.tree
        let owner = fileOwner(state.configuration.config.user ?? "") ?? (0, 0)
        do {
            try TreeFolders(uid: owner.uid, gid: owner.gid, epochSeconds: request.epochSeconds)
                .make(path, in: &state.tree)
        } catch let stop as BuildStop {
            guard !request.followsCommands || state.mayHave(path) else {
                throw BuildStop(stop.problem.message, range: instruction.range)
            }
        }
        recordLayer("WORKDIR " + shown, since: before, instruction.range, .makeDirectory(path.description))
    }
}
