// SPDX-License-Identifier: Apache-2.0

import Archives
import ArgumentParser
import Diagnostics
import Foundation
import HostFiles
import ImageLayouts
import OCISpec
import Workbench

/// `seaworthy image save`, `docker save`: images as one archive.
struct ImageSave: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Write images into one archive that docker, podman and skopeo read."
    )

    @Argument(help: "The images.")
    var images: [String]

    @Option(name: [.short, .long], help: "The file to write; standard output when not given.")
    var output: String?

    @Option(help: "`docker` (as `docker save` since version 25, which is an OCI layout as well) or `oci`.")
    var format: Format = .docker

    @Option(name: .customLong("ref"), help: "Which image of an archive that holds several.")
    var reference: String?

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    /// The forms that can be written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case docker, oci
    }

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let finder = ImageFinder(runtime.workbench)
        if printing.json, output == nil {
            throw Failure(.usage, "standard output cannot hold the archive and JSON", fix: "name a file with -o FILE")
        }
        if output == nil, runtime.console.isTerminal {
            throw Failure(
                .usage,
                "an archive is not written to a terminal",
                fix: "name a file with -o FILE, or redirect standard output"
            )
        }
        let items = try items(finder)
        guard let output else {
            try toStandardOutput(items, runtime)
            return .success
        }
        let path = runtime.resolve(output)
        guard HostFile.kind(of: path) != .directory else {
            throw Failure(
                .cannotCreate,
                "cannot write the archive",
                at: .file(output),
                why: "it is a folder",
                fix: "name a file"
            )
        }
        try write(items, to: path)
        if printing.json {
            let names = items.map { $0.names.map(\.familiar) }
            try runtime.console.print(json: Report(file: path, images: names))
        }
        return .success
    }

    /// The file that was written, and the names of each image in it.
    private struct Report: Encodable {
        let file: String
        let images: [[String]]
    }

    /// One item for each image, with all the names it was asked for by.
    private func items(_ finder: ImageFinder) throws -> [ImageWriter.Item] {
        var order: [Digest] = []
        var names: [Digest: Set<ImageReference>] = [:]
        var bundles: [Digest: ImageBundle] = [:]
        for text in images {
            let found = try finder.find(text, ref: reference)
            if bundles[found.id] == nil {
                order.append(found.id)
                bundles[found.id] = try found.bundle()
            }
            names[found.id, default: []].formUnion(Self.names(of: found, asked: text))
        }
        return order.compactMap { id in
            bundles[id].map { bundle in
                ImageWriter.Item(
                    bundle,
                    names: (names[id] ?? []).sorted { $0.description < $1.description }
                )
            }
        }
    }

    /// By a name, only that name; by an id, none; out of an archive, all that it has there.
    private static func names(of found: FoundImage, asked text: String) -> [ImageReference] {
        switch found.place {
        case .path, .kit, .registry, .engine: return found.references
        case .store:
            let bare = text.range(of: "://").map { String(text[$0.upperBound...]) } ?? text
            guard let wanted = try? ImageReference(parsing: bare).withDefaultTag else { return [] }
            return found.references.filter { $0.name == wanted.name && $0.tag == wanted.tag }
        }
    }

    private func write(_ items: [ImageWriter.Item], to path: String) throws {
        switch format {
        case .docker: try ImageWriter.writeDockerArchive(items, to: path)
        case .oci: try ImageWriter.writeOCIArchive(items, to: path)
        }
    }

    private func toStandardOutput(_ items: [ImageWriter.Item], _ runtime: Runtime) throws {
        let path = NSTemporaryDirectory() + "/seaworthy-save-\(UUID().uuidString).tar"
        defer { HostFile.remove(path) }
        try write(items, to: path)
        let file = try OpenFile(reading: path)
        let source = ByteSource.file(file)
        var offset = 0
        while offset < source.sizeBytes {
            let piece = try source.region(offset: offset, length: min(1 << 20, source.sizeBytes - offset))
            runtime.console.print(bytes: try piece.readAll(limit: 1 << 20))
            offset += piece.sizeBytes
        }
    }
}
