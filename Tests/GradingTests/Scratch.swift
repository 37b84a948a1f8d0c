// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import Foundation
import HostFiles
import Judgements
import SeaworthyTestSupport
import Submissions
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
        GradingBasis(
            lesson: "lesson",
            lessonDigest: "sha256:1",
            engineVersion: "0.1.0",
            dataDigest: "sha256:2",
            asOf: "2026-10-01"
        )
    }

    func batch(out: String? = nil, limits: Limits = .submission, collection: Limits = .standard) -> GradingBatch {
        GradingBatch(basis: basis, out: out ?? self.out, limits: limits, collectionLimits: collection)
    }

}

/// Judges by the Dockerfile's text: a stand-in for the real judge, whose rules these tests are not about.
let wordJudge = ClosureJudge { work in
    let path = work.dockerfile?.description ?? "Dockerfile"
    let text = String(decoding: try work.files.bytes(of: path, limit: 1 << 20), as: UTF8.self)
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
    let steps = [
        StepReport(
            lesson: "lesson",
            step: "one",
            checks: [check("one.user", isUnknown ? .unknown : passes ? .passed : .failed)]
        ),
        StepReport(lesson: "lesson", step: "two", checks: [check("two.base", .passed)]),
    ]
    return WorkJudgement(steps: steps)
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
        TestZip.bytes(files.map { TestZip.Member(name: Array($0.path.utf8), bytes: $0.bytes) })
    }

    static func zip(_ files: [(path: String, text: String)]) -> [UInt8] {
        zip(files.map { ($0.path, Array($0.text.utf8)) })
    }
}
