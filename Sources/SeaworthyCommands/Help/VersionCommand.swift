// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import BaseImages
import Diagnostics
import Workbench

/// `seaworthy version`: the program's version, and the data it works with.
struct VersionCommand: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the version of the program and of the data it works with."
    )

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let document = VersionDocument(runtime)
        if printing.json {
            try runtime.console.print(json: document)
            return .success
        }
        var lines = ["seaworthy \(document.version)"]
        if let data = document.dataSet {
            lines.append("advisory data \(data.version), facts up to \(data.asOf), \(data.digest)")
        }
        if let root = document.contentRoot {
            lines.append("base image facts up to \(document.kitAsOf)")
            lines.append("content in \(root)")
        } else {
            lines.append("content not found; `seaworthy doctor` says why")
        }
        runtime.console.print(lines.joined(separator: "\n").harmless)
        return .success
    }
}

/// What reports name to be repeatable.
struct VersionDocument: Encodable {
    let version: String
    /// The advisory data; nil when they are not there.
    let dataSet: DataSetIdentity?
    /// The folder of the content; nil when it was not found.
    let contentRoot: String?
    /// The day up to which the facts about base images reach.
    let kitAsOf: String

    private enum CodingKeys: String, CodingKey {
        case version, dataSet, contentRoot, kitAsOf
    }

    init(_ runtime: Runtime) {
        version = EngineVersion.current
        contentRoot = try? runtime.workbench.contentRoot()
        dataSet = contentRoot.flatMap { try? DataSetManifest.read(folder: $0 + "/advisories").manifest.identity }
        kitAsOf = BaseImageCatalog.historyAsOf
    }

    /// Writes null for what is not there, so that every member is.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(dataSet, forKey: .dataSet)
        try container.encode(contentRoot, forKey: .contentRoot)
        try container.encode(kitAsOf, forKey: .kitAsOf)
    }
}
