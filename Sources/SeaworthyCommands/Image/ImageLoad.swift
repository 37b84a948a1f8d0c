// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import HostFiles
import ImageLayouts
import OCISpec
import Workbench

/// `seaworthy image load`, `docker load`: takes the images of an archive into the local store.
struct ImageLoad: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Take the images of an archive into the local store, every byte verified."
    )

    @Option(name: [.short, .long], help: "The archive or folder; standard input when not given.")
    var input: String?

    @Flag(name: [.short, .long], help: "Print nothing.")
    var quiet = false

    @Option(help: "A name for an image that has none in the archive.")
    var name: String?

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let given = try name.map(ImageTag.target)
        guard let input, input != "-" else {
            guard isatty(STDIN_FILENO) == 0 else {
                throw Failure(
                    .usage,
                    "there is no archive to load",
                    fix: "name one with -i FILE, or redirect standard input"
                )
            }
            let path = NSTemporaryDirectory() + "/seaworthy-load-\(UUID().uuidString).tar"
            defer { HostFile.remove(path) }
            try spool(to: path, runtime)
            try load(path, given, runtime)
            return .success
        }
        try load(runtime.resolve(input), given, runtime)
        return .success
    }

    private func load(_ path: String, _ given: ImageReference?, _ runtime: Runtime) throws {
        let archive = try ImageSource.open(path: path, limits: runtime.limits)
        if given != nil, archive.entries.count > 1 {
            throw Failure(
                .usage,
                "the archive holds \(archive.entries.count) images",
                at: .file(path),
                fix: "leave out --name"
            )
        }
        // Everything is verified before anything is kept: a broken image leaves the store as it was.
        var items: [(bundle: ImageBundle, names: [ImageReference])] = []
        for (index, entry) in archive.entries.enumerated() {
            guard let key = entry.names.first ?? entry.digest?.description ?? (archive.entries.count == 1 ? "" : nil)
            else {
                runtime.console.remark(
                    "Image \(index + 1) of the archive has neither a name nor a digest and is left out."
                )
                continue
            }
            let reference = key.isEmpty ? nil : key
            let image = try archive.image(reference: reference)
            for finding in image.mismatches { runtime.console.remark(finding.message.harmless) }
            _ = try image.fileTree(limits: runtime.limits)
            items.append((try archive.bundle(reference: reference), given.map { [$0] } ?? Self.names(of: entry)))
        }
        let store = try ImageFinder(runtime.workbench).store()
        var rows: [Row] = []
        for item in items {
            let digest = try store.put(item.bundle, names: item.names)
            rows.append(Row(id: digest.description, names: item.names.map(\.familiar)))
            guard !quiet, !printing.json else { continue }
            if item.names.isEmpty { runtime.console.print("Loaded image ID: \(digest)") }
            for name in item.names { runtime.console.print("Loaded image: \(name.familiar)") }
        }
        if printing.json { try runtime.console.print(json: rows) }
    }

    private struct Row: Encodable {
        let id: String
        let names: [String]
    }

    /// The full names; a bare tag, as an OCI layout may have it, names no repository.
    private static func names(of entry: ImageArchive.Entry) -> [ImageReference] {
        let names = entry.names.filter { $0.contains(":") || $0.contains("/") }
            .compactMap { try? ImageReference(parsing: $0) }
            .filter { $0.digest == nil }
            .map(\.withDefaultTag)
        return Set(names).sorted { $0.description < $1.description }
    }

    private func spool(to path: String, _ runtime: Runtime) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Failure(.cannotCreate, "cannot keep standard input", at: .file(path)) }
        HostFile.giveToOwnerOfFolder(path)
        defer { try? file.close() }
        var count = 0
        do {
            while let piece = try FileHandle.standardInput.read(upToCount: 1 << 20), !piece.isEmpty {
                count += piece.count
                guard count <= runtime.limits.expandedBytes else {
                    throw Failure(.overLimit, "standard input is larger than \(runtime.limits.expandedBytes) bytes")
                }
                try file.write(contentsOf: piece)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .inputOutput,
                "standard input cannot be kept",
                at: .file(path),
                why: error.localizedDescription,
                cause: error
            )
        }
    }
}
