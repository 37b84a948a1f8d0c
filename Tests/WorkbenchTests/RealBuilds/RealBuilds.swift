// SPDX-License-Identifier: Apache-2.0

import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

/// What buildah made of Dockerfiles, and the base image that it built them on.
struct RealBuilds {
    /// What came of a Dockerfile.
    struct Made {
        /// Whether it went through.
        let isBuilt: Bool
        /// What buildah said.
        let log: String
        /// Files by absolute path, as `FileFact` writes them.
        let files: [String: String]
        /// The first name, in the order of their bytes, of each file that has several, by each of its names.
        let names: [String: String]
        let configuration: ImageConfiguration
    }

    /// A builder that could not do its work.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// Where the base image is kept, for all runs of a machine.
    let cache: String

    /// Whether there are the tools for it, and the rights.
    static var canBeMade: Bool {
        geteuid() == 0 && ["buildah", "debootstrap"].allSatisfy { SeaworthyBinary.find($0) != nil }
    }

    /// What a skipped test says.
    static let remedy: Comment =
        "needs root, debootstrap and buildah (scripts/bootstrap --judges), and a Debian mirror"

    /// The base image, made at the first run on a machine, or why there is none.
    static let shared = Result { try RealBuilds() }

    /// Whether the tests that rest on it run: where the mirror cannot be reached they are skipped, except in CI.
    static var areThere: Bool {
        guard canBeMade else { return false }
        if case .success = shared { return true }
        return !(ProcessInfo.processInfo.environment["CI"] ?? "").isEmpty
    }

    /// `SEAWORTHY_TEST_CACHE` names the folder; else it is one of our own among the system's temporary files.
    private init() throws {
        let named = ProcessInfo.processInfo.environment["SEAWORTHY_TEST_CACHE"] ?? ""
        let folder =
            named.isEmpty ? (NSTemporaryDirectory() as NSString).appendingPathComponent("seaworthy-judges") : named
        cache = folder + "/debian"
        try run(["base", cache])
    }

    /// The base image as an archive that `docker load` would take.
    var archive: String { cache + "/base.tar" }

    /// The files of the base image.
    func baseFiles() throws -> [String: String] { try FileFact.read(cache + "/base.files", sums: [:]) }

    private func run(_ arguments: [String]) throws {
        let script = Checkout.root.appendingPathComponent("Tests/RealBuilds/build").path
        let result = try SeaworthyBinary.run("/bin/sh", [script] + arguments, timeout: 3600)
        guard result.status == 0 else {
            throw Refusal(description: "\(arguments): exit \(result.status): \(result.error)")
        }
    }

    /// Makes the build context in a folder.
    static func makeContext(_ folder: String) throws {
        let script = Checkout.root.appendingPathComponent("Tests/RealBuilds/context").path
        let result = try SeaworthyBinary.run("/bin/sh", [script, folder])
        #expect(result.status == 0, "\(result.error)")
    }

    /// Builds the rows, one after another.
    func build(_ rows: [RealBuildRow], context: String, in scratch: ScratchFolder) throws -> [Made] {
        for (number, row) in rows.enumerated() {
            try scratch.write("\(number)/Dockerfile", row.forBuildah ?? row.dockerfile)
            try scratch.write("\(number)/arguments", row.arguments.map { $0 + "\n" }.joined())
            if let ignore = row.ignore { try scratch.write("\(number)/ignore", ignore) }
        }
        try scratch.write("list", rows.indices.map { "\($0)\n" }.joined())
        try run(["rows", cache, context, scratch.path])
        let base = try baseFiles()
        return try rows.indices.map { try made("\(scratch.path)/\($0)", base) }
    }

    private func made(_ folder: String, _ base: [String: String]) throws -> Made {
        func text(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }
        let log = try text("log")
        guard try text("exit") == "0\n" else {
            return Made(isBuilt: false, log: log, files: [:], names: [:], configuration: ImageConfiguration())
        }
        var files = base
        for name in try text("gone").split(separator: "\n") { files["/" + name] = nil }
        var sums: [String: String] = [:]
        for line in try text("sums").split(separator: "\n") {
            sums[String(line.dropFirst(66))] = String(line.prefix(64))
        }
        files.merge(try FileFact.read(folder + "/files", sums: sums)) { $1 }
        var groups: [Substring: [String]] = [:]
        for line in try text("hard").split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 2 { groups[fields[0], default: []].append("/" + fields[1]) }
        }
        struct Inspection: Decodable {
            let docker: ImageConfiguration
            private enum CodingKeys: String, CodingKey { case docker = "Docker" }
        }
        return Made(
            isBuilt: true,
            log: log,
            files: files,
            names: FileFact.firstNames(groups.values),
            configuration: try JSONDecoder().decode(Inspection.self, from: Data(try text("config").utf8)).docker
        )
    }
}
