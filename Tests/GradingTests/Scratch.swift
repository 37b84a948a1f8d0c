// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import Foundation
import HostFiles
import Judgements
import Workspaces

@testable import Grading

/// A folder that goes away with the test, with submissions and a place for grades.
final class Scratch: Sendable {
    let path: String
    var submissions: String { path + "/submissions" }
    var out: String { path + "/out" }

    init() throws {
        path = NSTemporaryDirectory() + "/seaworthy-grading-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path + "/submissions", withIntermediateDirectories: true)
    }

    deinit { HostFile.remove(path) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = path + "/" + name
        try HostFile.makeFolder(HostFile.folder(of: file))
        try Data(bytes).write(to: URL(fileURLWithPath: file))
    }

    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    func link(_ name: String, to target: String) throws {
        try HostFile.makeFolder(HostFile.folder(of: path + "/" + name))
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    func read(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: path + "/" + name).map(Array.init) }

    func text(_ name: String) -> String { String(decoding: read(name) ?? [], as: UTF8.self) }

    var basis: GradingBasis {
        GradingBasis(lesson: "lesson", lessonDigest: "sha256:1", engineVersion: "0.1.0", dataDigest: "sha256:2")
    }

    func batch(out: String? = nil, limits: Limits = .submission, collection: Limits = .standard) -> GradingBatch {
        GradingBatch(basis: basis, out: out ?? self.out, limits: limits, collectionLimits: collection)
    }

    func find(_ paths: [String]? = nil) throws -> SubmissionCollection {
        try SubmissionFinder(scratch: path + "/scratch", out: out).find(in: paths ?? [submissions])
    }
}

/// Judges by the Dockerfile's text: a stand-in for the real judge, whose rules these tests are not about.
let wordJudge = ClosureJudge { files in
    let text = String(decoding: try files.bytes(of: "Dockerfile", limit: 1 << 20), as: UTF8.self)
    let isUnknown = text.contains("unknown")
    let passes = text.contains("USER app")
    func check(_ id: String, _ state: CheckResult.State) -> CheckResult {
        CheckResult(
            id: id,
            title: id,
            state: state,
            points: state == .passed ? 1 : 0,
            maxPoints: id.hasSuffix("user") ? 2 : 1,
            message: "looked at Dockerfile",
            evidence: [Evidence(kind: .dockerfile, file: "Dockerfile", line: 1, detail: "line")]
        )
    }
    return [
        StepReport(
            lesson: "lesson",
            step: "one",
            checks: [check("one.user", isUnknown ? .unknown : passes ? .passed : .failed)]
        ),
        StepReport(lesson: "lesson", step: "two", checks: [check("two.base", .passed)]),
    ]
}

func code(_ body: () throws -> Void) -> Failure.Code? {
    do {
        try body()
        return nil
    } catch { return (error as? Failure)?.code }
}

/// Archives of hostile and friendly shape.
enum Make {
    static func tar(_ files: [(path: String, text: String)], links: [(path: String, target: String)] = []) throws
        -> [UInt8]
    {
        let sink = MemorySink()
        let writer = try TarWriter(to: sink)
        for file in files {
            let bytes = Array(file.text.utf8)
            try writer.add(
                ArchiveEntry(path: Array(file.path.utf8), kind: .file, mode: 0o644, sizeBytes: bytes.count),
                bytes
            )
        }
        for link in links {
            try writer.add(
                ArchiveEntry(path: Array(link.path.utf8), kind: .symlink(target: Array(link.target.utf8)), mode: 0o777)
            )
        }
        _ = try writer.finish()
        return sink.bytes
    }

    /// A zip whose members are stored; names are written as they are.
    static func zip(_ files: [(path: String, bytes: [UInt8])]) -> [UInt8] {
        var body: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let name = Array(file.path.utf8)
            let offset = body.count
            let common =
                little(20, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
                + little(Int(crc32(file.bytes)), 4) + little(file.bytes.count, 4) + little(file.bytes.count, 4)
                + little(name.count, 2) + little(0, 2)
            body += little(0x0403_4B50, 4) + common + name + file.bytes
            directory +=
                little(0x0201_4B50, 4) + little(0x0314, 2) + common + little(0, 2) + little(0, 2) + little(0, 2)
                + little(0o100644 << 16, 4) + little(offset, 4) + name
        }
        return body + directory + little(0x0605_4B50, 4) + little(0, 4) + little(files.count, 2)
            + little(files.count, 2)
            + little(directory.count, 4) + little(body.count, 4) + little(0, 2)
    }

    static func zip(_ files: [(path: String, text: String)]) -> [UInt8] {
        zip(files.map { ($0.path, Array($0.text.utf8)) })
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~crc
    }
}
