// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import Foundation
import HostFiles
import SeaworthyTestSupport
import Testing

@testable import Submissions

/// A folder of submissions that goes away with the test, and what is found in it.
struct HandedIn {
    let scratch: ScratchFolder
    var submissions: String { scratch.path("submissions") }

    init() throws {
        scratch = try ScratchFolder()
        try HostFile.makeFolder(scratch.path("submissions"))
    }

    func write(_ name: String, _ text: String) throws { try scratch.write(name, text) }
    func write(_ name: String, _ bytes: [UInt8]) throws { try scratch.write(name, bytes) }

    func link(_ name: String, to target: String) throws {
        try HostFile.makeFolder(HostFile.folder(of: scratch.path(name)))
        try FileManager.default.createSymbolicLink(atPath: scratch.path(name), withDestinationPath: target)
    }

    func find(_ paths: [String]? = nil, out: String = "out") throws -> SubmissionCollection {
        let finder = SubmissionFinder(scratch: scratch.path("scratch"), out: scratch.path(out))
        return try finder.find(in: paths ?? [submissions])
    }

    /// The work of a submission, as it would be judged.
    func work(_ submission: Submission, starter: String? = nil, limits: Limits = .submission) throws -> SubmittedWork {
        try HostFile.makeFolder(scratch.path("scratch"))
        return try SubmissionReading(submission, limits: limits)
            .work(scratch: scratch.path("scratch"), limits: limits, starter: starter.map { Array($0.utf8) })
    }

    /// What one person's folder comes to: the Dockerfile's path, or the state and what it names.
    func outcome(starter: String? = Self.starter, id: String = "ada") throws -> String {
        let submission = try #require(try find().submissions.first { $0.id == id })
        do {
            let work = try work(submission, starter: starter)
            return work.shownDockerfile ?? "image " + work.archives.joined(separator: ",")
        } catch let reason as UnjudgedSubmission {
            return ([String(describing: reason.kind)] + reason.candidates).joined(separator: " ")
        } catch let failure as Failure {
            return "failure " + failure.code.rawValue
        }
    }

    static let starter = "FROM node:lts\nCOPY . .\n"
    static let mended = "FROM node:lts\nCOPY . .\nUSER node\n"
    static let other = "FROM node:lts-slim\n"
}

func failureCode(_ body: () throws -> Void) -> Failure.Code? {
    do {
        try body()
        return nil
    } catch { return (error as? Failure)?.code }
}

func tar(_ files: [(path: String, text: String)], links: [(path: String, target: String)] = []) throws -> [UInt8] {
    let sink = MemorySink()
    let writer = try TarWriter(to: sink)
    for file in files {
        let bytes = Array(file.text.utf8)
        try writer.add(ArchiveEntry(path: Array(file.path.utf8), kind: .file, mode: 0o644), bytes)
    }
    for link in links {
        try writer.add(
            ArchiveEntry(path: Array(link.path.utf8), kind: .symlink(target: Array(link.target.utf8)), mode: 0o777)
        )
    }
    _ = try writer.finish()
    return sink.bytes
}

func zip(_ files: [(path: String, text: String)]) -> [UInt8] {
    TestZip.bytes(files.map { TestZip.Member($0.path, $0.text) })
}
