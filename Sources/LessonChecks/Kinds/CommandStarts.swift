// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// A container of the image would find the program that it is told to start.
enum CommandStarts: CheckKind {
    static let name = "command-starts"
    static let claim = "A container of the image would find the program that it is told to start."
    static let needs: Set<CheckNeed> = [.work]
    private static let scripts = [".js", ".mjs", ".cjs", ".ts", ".py", ".rb", ".php", ".sh"]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        guard let target = work.finalState else { return work.noFinalStage }
        if let absent = work.absentImage { return absent }
        let config = target.configuration.config
        let entrypoint = config.entrypoint ?? []
        let command = config.cmd ?? []
        let words = entrypoint + command
        let range = entrypoint.isEmpty ? target.commandRange : target.entrypointRange
        let evidence =
            range.map { [work.evidence($0, GoList.text(words))] } ?? [
                Evidence(kind: .image, detail: GoList.text(words))
            ]
        if case .unknown = target.base, entrypoint.isEmpty || target.entrypointRange == nil {
            return Judgement(
                .unknown,
                "Nothing is known of the base image \(target.baseReference): it may have an entrypoint.",
                evidence: evidence
            )
        }
        guard let first = words.first else {
            return Judgement(
                .failed,
                "The image has neither ENTRYPOINT nor CMD, so a container has nothing to start.",
                evidence: evidence
            )
        }
        let program = find(first, target)
        if let program {
            if case .file(.bytes(let bytes)) = program.kind, !startsAlone(bytes), isScript(first) {
                return scriptItself(first, target, work, isExecutable: program.mode & 0o111 != 0, evidence)
            }
            if program.mode & 0o111 == 0 {
                return scriptItself(first, target, work, isExecutable: false, evidence)
            }
            if isEntrypointScript(entrypoint), !command.isEmpty { return underEntrypoint(command, target, evidence) }
            if isNode(first), let missing = missingScript(words.dropFirst(), target) {
                return nodeFindsNothing(missing, words, target, evidence)
            }
            if isNode(first), let flag = words.dropFirst().prefix(while: { $0.hasPrefix("-") }).first(where: isEnding) {
                return Judgement(
                    .failed,
                    "With `\(flag)` node does not start the server: it says something and ends.",
                    found: GoList.text(words),
                    fix: "Leave `\(flag)` out.",
                    evidence: evidence
                )
            }
            if isNode(first), let refused = unreadable(words.dropFirst(), target, evidence) { return refused }
            return Judgement(.passed, "A container starts \(first).", found: GoList.text(words), evidence: evidence)
        }
        if mayBeThere(first, target) {
            return Judgement(.unknown, "\(first) was not found, but the image is not fully known.", evidence: evidence)
        }
        return notThere(first, words, entrypoint, target, work, evidence)
    }

    /// The program that a container would start is not in the image.
    private static func notThere(
        _ first: String,
        _ words: [String],
        _ entrypoint: [String],
        _ target: StageState,
        _ work: WorkEvidence,
        _ evidence: [Evidence]
    ) -> Judgement {
        let isShell = ["/bin/sh", "/bin/bash", "/bin/ash"].contains(first)
        if isShell {
            return Judgement(
                .failed,
                isBrokenList(words)
                    ? "The list is no JSON, so it is taken for a shell command, and the image has no \(first): a container would "
                        + "not start."
                    : "The command is in shell form, and the image has no \(first): a container would not start.",
                found: GoList.text(words),
                fix: (isBrokenList(words) ? "Use double quotes: " : "Write it in exec form: ")
                    + "`\(keyword(entrypoint)) \(GoList.text(suggestion(words, target)))`.",
                diff: diff(suggestion(words, target), target, work),
                evidence: evidence
            )
        }
        return Judgement(
            .failed,
            "The image has no \(first), so a container would not start.",
            found: GoList.text(words),
            fix: first.hasSuffix(".sh")
                ? "Leave \(keyword(entrypoint)) out, or copy the script and a shell into the image."
                : isScript(first)
                    ? "Copy the file into the image, and name the program that runs it: `CMD [\"node\", \"\(first)\"]`."
                    : "Name a program that the image has: `\(keyword(entrypoint)) \(GoList.text(suggestion(words, target)))`.",
            diff: first.hasSuffix(".sh")
                ? nil : diff(isScript(first) ? ["node"] + words : suggestion(words, target), target, work),
            evidence: evidence
        )
    }

    private static func keyword(_ entrypoint: [String]) -> String { entrypoint.isEmpty ? "CMD" : "ENTRYPOINT" }

    /// Whether a shell command is a list that lacks its double quotes.
    private static func isBrokenList(_ words: [String]) -> Bool { words.count > 2 && words[2].hasPrefix("[") }

    /// The words that were meant, without the shell or npm in front; else the server as the lesson starts it.
    private static func suggestion(_ words: [String], _ target: StageState) -> [String] {
        let usual = ["node", "src/index.js"]
        guard words.count > 2, words[1] == "-c" else { return usual }
        let meant = words[2].split { " \t".contains($0) }.map(String.init)
        let isPlain = words[2].allSatisfy { $0.isLetter || $0.isNumber || " ./_-".contains($0) }
        guard isPlain, let program = meant.first, find(program, target) != nil else { return usual }
        return meant
    }

    /// The change of the line that sets the command, as a diff; nil where the base sets it.
    private static func diff(_ words: [String], _ target: StageState, _ work: WorkEvidence) -> String? {
        let isEntrypoint = !(target.configuration.config.entrypoint ?? []).isEmpty
        guard let range = isEntrypoint ? target.entrypointRange : target.commandRange else { return nil }
        return DockerfileEdit(work)?
            .replacing(
                range.start.line,
                through: range.lastLine,
                with: ["\(isEntrypoint ? "ENTRYPOINT" : "CMD") \(GoList.text(words))"]
            )?.diff
    }

    /// The file itself would be executed: that is the trap of an image without an entrypoint.
    private static func scriptItself(
        _ first: String,
        _ target: StageState,
        _ work: WorkEvidence,
        isExecutable: Bool,
        _ evidence: [Evidence]
    ) -> Judgement {
        let why = isExecutable ? "it does not begin with `#!`" : "it has no execute permission"
        let entrypoint = target.configuration.config.entrypoint ?? []
        let words = entrypoint.isEmpty ? target.configuration.config.cmd ?? [] : entrypoint
        let keyword = keyword(entrypoint)
        return Judgement(
            .failed,
            "The image has no entrypoint that would start node, so a container would execute \(first) itself, and \(why).",
            found: "\(keyword) \(GoList.text(words))",
            fix: "Name the program: `\(keyword) \(GoList.text(["node"] + words))`.",
            diff: diff(["node"] + words, target, work),
            evidence: evidence
        )
    }

    /// The official image's script puts `node` in front of what is no command.
    private static func underEntrypoint(_ command: [String], _ target: StageState, _ evidence: [Evidence]) -> Judgement
    {
        let second = command[0]
        func passed(_ message: String) -> Judgement {
            Judgement(.passed, message, found: GoList.text(command), evidence: evidence)
        }
        let program = second.contains("/") ? nil : find(second, target)
        if program != nil {
            if isNode(second), let missing = missingScript(command.dropFirst(), target) {
                return nodeFindsNothing(missing, command, target, evidence)
            }
            return passed("The entrypoint starts \(second).")
        }
        if second.contains("/"), let node = find(second, target), node.mode & 0o111 != 0 {
            return passed("The entrypoint starts \(second).")
        }
        if let missing = missingScript(command[...], target) {
            return nodeFindsNothing(missing, ["node"] + command, target, evidence)
        }
        return passed("The entrypoint starts \(second) with node in front, for it is no program.")
    }

    /// Whether a program that was not found may be in the image all the same.
    private static func mayBeThere(_ program: String, _ target: StageState) -> Bool {
        let configuration = target.configuration.config
        if program.contains("/") {
            return target.mayHave(ImagePath(program, relativeTo: ImagePath(configuration.workingDir ?? "/")))
        }
        return (configuration.environmentValue("PATH") ?? "").split(separator: ":").contains {
            target.mayHave(ImagePath("\($0)/\(program)"))
        }
    }

    /// node is there, and the file that it is handed is not.
    private static func nodeFindsNothing(
        _ script: String,
        _ words: [String],
        _ target: StageState,
        _ evidence: [Evidence]
    ) -> Judgement {
        let place = ImagePath(script, relativeTo: ImagePath(target.configuration.config.workingDir ?? "/"))
        if target.mayHave(place) {
            return Judgement(
                .unknown,
                "\(script) was not found, but the image is not fully known.",
                found: GoList.text(words),
                evidence: evidence
            )
        }
        return Judgement(
            .failed,
            "node would look for the file \(place), and the image does not have it.",
            found: GoList.text(words),
            fix: "Copy the file into the image, or name the one that is there.",
            evidence: evidence
        )
    }

    /// The script that node is handed, when the image does not have it; nil when it does, or when flags make it hard to tell.
    private static func missingScript(_ arguments: ArraySlice<String>, _ target: StageState) -> String? {
        guard let script = arguments.first, !script.hasPrefix("-") else { return nil }
        if script == "inspect" || script.isEmpty { return nil }
        let path = ImagePath(script, relativeTo: ImagePath(target.configuration.config.workingDir ?? "/"))
        for ending in ["", ".js", ".json", ".node", ".mjs", ".cjs"] {
            let name = (path.name ?? []) + Array(ending.utf8)
            if target.tree.resolvedNode(at: path.parent.appending(name)) != nil { return nil }
        }
        return path.isRoot ? nil : script
    }

    /// Whether an option makes node end without running a file.
    private static func isEnding(_ word: String) -> Bool {
        ["--check", "-c", "--version", "-v", "--help", "-h", "--v8-options"].contains(word)
    }

    /// node is there, and the container's user may not read the file that it is handed; nil where it may.
    private static func unreadable(_ arguments: ArraySlice<String>, _ target: StageState, _ evidence: [Evidence])
        -> Judgement?
    {
        guard let script = arguments.first, !script.hasPrefix("-") else { return nil }
        let access = ContainerAccess(target)
        let path = ImagePath(script, relativeTo: ImagePath(target.configuration.config.workingDir ?? "/"))
        guard let place = access.obstacle(to: path) else { return nil }
        return Judgement(
            .failed,
            "node would run as \(access.name), who may not read \(place): \(access.words(place)).",
            found: access.words(place),
            fix: "Leave `--chmod` out, or let everybody read: `--chmod=755`.",
            evidence: evidence
        )
    }

    private static func isNode(_ word: String) -> Bool {
        let name = word.split(separator: "/").last ?? ""
        return name == "node" || name == "nodejs"
    }

    private static func isEntrypointScript(_ entrypoint: [String]) -> Bool {
        entrypoint.first.map { $0.hasSuffix("docker-entrypoint.sh") } ?? false
    }

    private static func isScript(_ word: String) -> Bool { scripts.contains { word.hasSuffix($0) } }

    /// Whether the kernel can start a file: a `#!` line or an ELF program.
    private static func startsAlone(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x23, 0x21]) || bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46])
    }

    /// A word with a slash is a path below the working folder; any other is looked for along the PATH.
    private static func find(_ word: String, _ target: StageState) -> FileNode? {
        let base = ImagePath(target.configuration.config.workingDir ?? "/")
        func file(_ path: ImagePath) -> FileNode? {
            target.tree.resolvedNode(at: path).flatMap { $0.isDirectory ? nil : $0 }
        }
        if word.contains("/") { return file(ImagePath(word, relativeTo: base)) }
        let path = target.configuration.config.environmentValue("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
        for folder in path.split(separator: ":") {
            if let node = file(ImagePath(String(folder)).appending(word)), node.mode & 0o111 != 0 { return node }
        }
        return nil
    }
}

/// A list of words as a Dockerfile's exec form has it.
enum GoList {
    static func text(_ words: [String]) -> String { "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
}
