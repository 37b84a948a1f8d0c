// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import GoTemplates
import JSONValues
import OCISpec
import Reporting
import Workbench

/// `seaworthy image ls`, `docker images`: the images of the local store.
struct ImageList: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the images of the local store.",
        aliases: ["images", "list"]
    )

    @Argument(help: "Only images of this repository, or of this name with its tag.")
    var repository: String?

    @Flag(name: [.short, .long], help: "Accepted for compatibility: there are no hidden images.")
    var all = false

    @Flag(name: [.short, .long], help: "Only the ids.")
    var quiet = false

    @Flag(name: .customLong("no-trunc"), help: "Whole ids.")
    var noTruncation = false

    @Flag(help: "Show digests.")
    var digests = false

    @Option(name: [.short, .long], help: "dangling=true|false, reference=PATTERN or label=NAME[=VALUE]. Repeatable.")
    var filter: [String] = []

    @Option(help: "`table`, `json` (a document a line), or a Go template such as '{{.Repository}}:{{.Tag}}'.")
    var format: String?

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let rows = try rows(runtime).filter(matches)
        if printing.json {
            runtime.console.print(bytes: JSONValue.array(rows.map(\.document)).bytes() + [0x0A])
            return .success
        }
        if quiet {
            var seen: Set<Digest> = []
            for row in rows where seen.insert(row.id).inserted {
                runtime.console.print(noTruncation ? row.id.description : row.id.short)
            }
            return .success
        }
        switch format {
        case nil, "table"?: printTable(rows, runtime)
        case "json"?:
            for row in rows {
                runtime.console.print(bytes: row.dockerDocument(noTruncation).bytes(indented: false) + [0x0A])
            }
        case let template?:
            let parsed = try GoTemplate(parsing: template)
            for row in rows { runtime.console.print(try parsed.render(row.dockerDocument(noTruncation)).harmless) }
        }
        return .success
    }

    /// The rows of all images; of those that cannot be read it is said.
    func rows(_ runtime: Runtime) throws -> [ImageListRow] {
        try ImageFinder(runtime.workbench).rows(now: runtime.epochSeconds) { name, why in
            guard let failure = why as? Failure else {
                return runtime.console.remark("\(name.harmless): \(String(describing: why).harmless)")
            }
            runtime.console.report(failure, isVerbose: runtime.isVerbose)
        }
    }

    private func printTable(_ rows: [ImageListRow], _ runtime: Runtime) {
        var header = ["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"]
        if digests { header.insert("DIGEST", at: 2) }
        let cells = rows.map { row in
            var cells = [
                row.repository, row.tag, noTruncation ? row.id.description : row.id.short, row.age,
                HumanText.size(row.sizeBytes),
            ]
            if digests { cells.insert(row.id.description, at: 2) }
            return cells
        }
        runtime.console.print(ColumnText.render(header, cells))
        if rows.contains(where: \.isSizeRecorded) {
            runtime.console.remark("Sizes count the base image as large as the real one was recorded to be.")
        }
    }

    private func matches(_ row: ImageListRow) throws -> Bool {
        if let repository {
            guard let wanted = try? ImageReference(parsing: repository) else {
                throw Failure(
                    .usage,
                    "invalid reference format",
                    at: .reference(repository),
                    fix: "write it as name or name:tag"
                )
            }
            guard let own = row.reference, own.name == wanted.name, wanted.tag == nil || wanted.tag == own.tag else {
                return false
            }
        }
        return try filter.allSatisfy { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            switch (parts.first, parts.dropFirst().first) {
            case ("dangling"?, let value?): return (row.reference == nil) == ["true", "1"].contains(value)
            case ("reference"?, let pattern?):
                return row.reference.map { NamePattern(pattern).matches($0.familiarName, tag: $0.tag) } ?? false
            case ("label"?, let label?):
                let pair = label.split(separator: "=", maxSplits: 1).map(String.init)
                guard let name = pair.first, let value = row.labels[name] else { return false }
                return pair.count < 2 || pair[1] == value
            default:
                throw Failure(
                    .usage,
                    "invalid filter",
                    at: .option("--filter \(text)"),
                    fix: "use dangling=true, reference=PATTERN or label=NAME"
                )
            }
        }
    }
}

/// A pattern of `--filter reference=`: `*` and `?` within a part of the name.
private struct NamePattern {
    private let name: [UInt8]
    private let tag: [UInt8]?

    init(_ text: String) {
        let colon = text.lastIndex(of: ":").flatMap { text[$0...].contains("/") ? nil : $0 }
        name = Array(text[..<(colon ?? text.endIndex)].utf8)
        tag = colon.map { Array(text[text.index(after: $0)...].utf8) }
    }

    func matches(_ name: String, tag: String?) -> Bool {
        Self.matches(self.name[...], Array(name.utf8)[...])
            && (self.tag.map { Self.matches($0[...], Array((tag ?? "").utf8)[...]) } ?? true)
    }

    /// Goes back to the last `*` only, so it takes no more than the product of both lengths.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        var place = pattern.startIndex
        var index = text.startIndex
        var star: (pattern: Int, text: Int)?
        while index < text.endIndex {
            if place < pattern.endIndex, pattern[place] == UInt8(ascii: "*") {
                star = (place, index)
                place += 1
            } else if place < pattern.endIndex,
                pattern[place] == text[index]
                    || pattern[place] == UInt8(ascii: "?") && text[index] != 0x2F
            {
                place += 1
                index += 1
            } else if let last = star, text[last.text] != 0x2F {
                star = (last.pattern, last.text + 1)
                place = last.pattern + 1
                index = last.text + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
