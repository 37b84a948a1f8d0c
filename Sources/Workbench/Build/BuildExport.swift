// SPDX-License-Identifier: Apache-2.0
//
// Source: buildx util/buildflags/export.go (how `-o` is read); BuildKit exporter/local, exporter/tar.

import Archives
import BillOfMaterials
import Diagnostics
import Foundation
import HostFiles
import ImageFilesystem
import ImageLayouts
import OCISpec
package import SymbolicBuild

/// Where the result of a build goes besides the local store: an `-o` of the command line.
package struct BuildExport: Sendable {
    /// The forms that there are.
    private enum Kind: String {
        case image, cacheonly, oci, docker, tar, local
    }

    private let text: String
    private let kind: Kind
    /// A path; `-` is standard output; nil when none is named.
    private let destination: String?

    /// Reads `type=…,dest=…`, a folder alone, or `-` for a tar on standard output.
    package init(parsing text: String) throws {
        self.text = text
        guard text.contains("=") else {
            kind = text == "-" ? .tar : .local
            destination = text
            return
        }
        var fields: [String: String] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else {
                throw Failure(
                    .usage,
                    "invalid value \(part)",
                    at: .option("-o \(text)"),
                    fix: "write type=oci,dest=FILE"
                )
            }
            fields[pair[0].lowercased()] = pair[1]
        }
        guard let type = fields["type"] else {
            throw Failure(
                .usage,
                "type is required for output",
                at: .option("-o \(text)"),
                fix: "add type=oci or type=local"
            )
        }
        guard let kind = Kind(rawValue: type) else {
            throw Failure(
                .usage,
                "the output type \(type) is not supported",
                at: .option("-o \(text)"),
                fix: "use type=oci,dest=FILE, type=docker,dest=FILE, type=tar,dest=FILE or type=local,dest=FOLDER"
            )
        }
        self.kind = kind
        destination = fields["dest"].flatMap { $0.isEmpty ? nil : $0 }
        if kind == .local, destination == nil || destination == "-" {
            throw Failure(
                .usage,
                "dest is required for local exporter",
                at: .option("-o \(text)"),
                fix: "add dest=FOLDER"
            )
        }
    }

    /// Writes the image, or its files.
    ///
    /// - Parameter wasAsked: whether attestations were asked for; those that come unasked go only where they have a place.
    /// - Returns: remarks about what could not be written.
    package func write(
        _ image: AssembledImage,
        _ outcome: BuildOutcome,
        _ request: BuildRequest,
        _ assembler: ImageAssembler,
        to output: ByteOutput,
        on bench: Workbench,
        wasAsked: Bool
    ) throws -> [String] {
        func items(_ image: AssembledImage) -> [ImageWriter.Item] {
            [ImageWriter.Item(image.bundle, names: request.names)]
        }
        switch kind {
        case .image, .cacheonly: return []
        case .oci: try toFile(output, bench) { try ImageWriter.writeOCIArchive(items(image), to: $0) }
        case .docker:
            // Without a place this is `--load`.
            if destination == nil { return [] }
            let image = wasAsked ? image : try assembler.assemble(outcome, request.withoutAttestations)
            guard image.bundle.root.digest == image.manifestDigest else {
                throw Failure(
                    .usage,
                    "docker exporter does not support exporting manifest lists, use the oci exporter instead",
                    at: .option("-o \(text)"),
                    fix: "use -o type=oci,dest=FILE, or leave the attestations out with --provenance=false"
                )
            }
            try toFile(output, bench) { try ImageWriter.writeDockerArchive(items(image), to: $0) }
        case .tar:
            try toFile(output, bench) { path in
                let file = try TemporaryFile(in: HostFile.folder(of: path))
                try writeFiles(outcome, request, assembler, to: file)
                try file.commit(to: path, durable: false)
            }
        case .local:
            return try toFolder(wasAsked ? image.statements : [], outcome, request, assembler, bench)
        }
        return []
    }

    private func writeFiles(
        _ outcome: BuildOutcome,
        _ request: BuildRequest,
        _ assembler: ImageAssembler,
        to file: TemporaryFile
    ) throws {
        let writer = try TarWriter(to: file)
        try assembler.writeFilesystem(outcome, request, to: writer)
        _ = try writer.finish()
    }

    private func toFile(_ output: ByteOutput, _ bench: Workbench, _ write: (String) throws -> Void) throws {
        if let destination, destination != "-" { return try write(bench.surroundings.resolve(destination)) }
        guard !output.isTerminal else {
            throw Failure(
                .usage,
                "dest file is required for \(kind.rawValue) exporter. refusing to write to console",
                at: .option("-o \(text)"),
                fix: "add dest=FILE, or send the output elsewhere"
            )
        }
        let folder = NSTemporaryDirectory() + "seaworthy-" + UUID().uuidString
        try HostFile.makeFolder(folder, mode: 0o700)
        defer { HostFile.remove(folder) }
        try write(folder + "/output")
        guard let file = FileHandle(forReadingAtPath: folder + "/output") else {
            throw Failure(.inputOutput, "the output cannot be read back", at: .file(folder))
        }
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            output.write(Array(piece))
        }
    }

    /// Writes the files below a folder, over those of the same name, as a build engine does.
    private func toFolder(
        _ statements: [InTotoStatement],
        _ outcome: BuildOutcome,
        _ request: BuildRequest,
        _ assembler: ImageAssembler,
        _ bench: Workbench
    ) throws -> [String] {
        let folder = bench.surroundings.resolve(destination ?? ".")
        try HostFile.makeFolder(folder)
        guard HostFile.kind(of: folder) == .directory else {
            throw Failure(
                .cannotCreate,
                "the destination is no folder",
                at: .file(folder),
                fix: "name a folder with dest="
            )
        }
        let file = try TemporaryFile.anonymous()
        try writeFiles(outcome, request, assembler, to: file)
        try makeRoom(in: folder, for: outcome)
        let reader = try ArchiveReader(.file(try file.openForReading()), limits: bench.surroundings.limits)
        let report = try SafeExtractor(
            limits: bench.surroundings.limits,
            strictness: .skipsRefused,
            keepsOuterLinks: true
        )
        .extract(reader, intoFolder: folder)
        for statement in statements {
            let isSBOM = statement.predicateType == "https://spdx.dev/Document"
            let path = folder + (isSBOM ? "/sbom.spdx.json" : "/provenance.json")
            try HostFile.writeAtomically(try InTotoJSON.write(statement), to: path, durable: false)
        }
        return report.refused.map { "\($0.displayPath) was not written to \(folder): \($0.reason)" }
    }

    /// Takes away files that an earlier build left; never through a link, which could lead anywhere.
    private func makeRoom(in folder: String, for outcome: BuildOutcome) throws {
        var realFolders: [String: Bool] = ["": true]
        func isReal(_ path: String) -> Bool {
            if let known = realFolders[path] { return known }
            let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
            let result = isReal(parent) && HostFile.kindOfLink(folder + path) == .directory
            realFolders[path] = result
            return result
        }
        outcome.target?.tree.walk { path, node in
            guard !node.isDirectory, !path.isRoot else { return true }
            guard isReal(path.parent.isRoot ? "" : path.parent.description) else { return true }
            let place = folder + path.description
            if let kind = HostFile.kindOfLink(place), kind != .directory { HostFile.remove(place) }
            return true
        }
    }
}

extension BuildRequest {
    /// The same build with nothing attached to its image.
    fileprivate var withoutAttestations: BuildRequest {
        var request = self
        request.attachesSBOM = false
        request.provenance = .none
        return request
    }
}
