// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec

/// A command was run in the lesson's shell and ended well.
enum Command: CheckKind {
    static let name = "command"
    static let claim = "A command was run in the lesson's shell and ended well."
    static let needs: Set<CheckNeed> = [.commands]
    static let example = "command: docker scout quickview\nrepository: memes-r-us\ntag: latest"

    struct Parameters: CheckParameters {
        private static let commandKey = CheckParameter.text(
            "command",
            "How the command line begins, word by word."
        )
        private static let repositoryKey = CheckParameter.text(
            "repository",
            "The repository of the image that the command was told; the namespace in front of it may be anybody's. Any image "
                + "will do when left out."
        )
        private static let tagKey = CheckParameter.text("tag", "The image's tag; any, when it is left out.")
        static let documentation = [commandKey.required, repositoryKey.optional, tagKey.optional]

        let command: Placed<String>
        let image: WantedImage?

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            command = try reader.value(Self.commandKey)
            let tag = try reader.optional(Self.tagKey)?.value
            image = try reader.optional(Self.repositoryKey).map { WantedImage(repository: $0.value, tag: tag) }
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        let words = parameters.command.value.split(separator: " ")
        let runs = (input.record?.commands ?? []).filter { Self.words(of: $0.line).starts(with: words) }
        if let run = runs.last(where: { $0.exitCode == 0 && looks(at: parameters.image, $0, words.count) }) {
            return Judgement(
                .passed,
                "You ran `\(run.line)`.",
                evidence: [Evidence(kind: .command, detail: run.line)]
            )
        }
        if let wanted = parameters.image, let run = runs.last(where: { $0.exitCode == 0 }) {
            let name = wanted.repository + (wanted.tag.map { ":" + $0 } ?? "")
            return Judgement(
                .failed,
                "`\(run.line)` looked at another image than \(name).",
                found: run.image ?? run.line,
                evidence: [Evidence(kind: .command, detail: run.line)]
            )
        }
        if let run = runs.last {
            return Judgement(
                .failed,
                "`\(run.line)` ended with exit code \(run.exitCode).",
                found: "Exit code \(run.exitCode)",
                evidence: [Evidence(kind: .command, detail: run.line)]
            )
        }
        return Judgement(.failed)
    }

    /// A command line's words, with Scout's short name of quickview written out.
    private static func words(of line: String) -> [Substring] {
        var words = line.split(separator: " ")
        if words.count > 2, words[1] == "scout", words[2] == "qv" { words[2] = "quickview" }
        return words
    }

    /// Whether a command was told an image that is meant: by the record, else by one of its words.
    private static func looks(at wanted: WantedImage?, _ run: LearnerRecord.Command, _ start: Int) -> Bool {
        guard let wanted else { return true }
        let words = run.image.map { [$0] } ?? run.line.split(separator: " ").dropFirst(start).map(String.init)
        return words.contains { word in
            guard !word.hasPrefix("-") else { return false }
            let name = word.split(separator: "://", maxSplits: 1).last.map(String.init) ?? word
            guard let reference = try? ImageReference(parsing: name) else { return false }
            return wanted.matches(repository: reference.path, tag: reference.withDefaultTag.tag)
        }
    }
}
