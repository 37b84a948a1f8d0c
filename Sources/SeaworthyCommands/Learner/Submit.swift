// SPDX-License-Identifier: Apache-2.0

import Archives
import ArgumentParser
import Diagnostics
import DockerfileSyntax
import Foundation
import HostFiles
import JSONValues
import LessonChecks
import Lessons
import ProgressStore
import Workbench
import Workspaces

/// `seaworthy submit`: a bundle for the instructor, which `seaworthy grade` reads like any other submission.
///
/// Shape: a gzip-compressed tar with the workspace's files and `.seaworthy/record.json`, the learner's progress.
struct Submit: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Pack your workspace and progress for the instructor."
    )

    @Option(name: [.short, .long], help: "The file to write; LESSON-NAME.tar.gz here when not given.")
    var output: String?

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        let place = try session.needsWorkspace()
        let name = try session.variables()["DOCKER_USERNAME"] ?? "learner"
        let file = runtime.resolve(output ?? SubmissionBundle.name(of: session.lesson.id, for: name))
        let sink = MemorySink()
        let writer = try TarWriter(to: sink, compression: .gzip)
        let rules = try Self.rules(session.lesson, place, runtime)
        let leftOut = LeftOut()
        let entries = try HostFile.walk(place.path, limits: runtime.limits) { path in
            if path == ".seaworthy" { return false }
            let isInner = HostFile.kindOfLink(place.path + "/" + path + "/.seaworthy/workspace.json") == .file
            guard let reason = isInner ? PrivateFiles.Reason.workspace : rules.reason(for: path, isFolder: true) else {
                return true
            }
            leftOut.add(path, reason)
            return false
        }
        // Bundles that were made here before are no part of the work.
        func isBundle(_ path: String) -> Bool {
            place.path + "/" + path == file || SubmissionBundle.isBundle(path, of: session.lesson.id)
        }
        for entry in entries where !isBundle(entry.path) && entry.path != ".seaworthy" && !leftOut.has(entry.path) {
            guard let kind = Self.kind(entry) else { continue }
            let bytes =
                entry.kind == .file
                ? try HostFile.read(
                    place.path + "/" + entry.path,
                    limit: runtime.limits.entryBytes,
                    followsLinks: false
                ) : []
            if entry.kind != .directory,
                let reason = rules.reason(for: entry.path, isFolder: false, head: Array(bytes.prefix(4_096)))
            {
                leftOut.add(entry.path, reason)
                continue
            }
            try writer.add(ArchiveEntry(path: Array(entry.path.utf8), kind: kind, mode: entry.mode & 0o777), bytes)
        }
        let steps = try session.progress.progress(
            lesson: session.lesson.id,
            steps: session.lesson.steps.map(\.id)
        )
        let record = Record(lesson: session.lesson.id, name: name, engine: EngineVersion.current, steps: steps)
        try writer.add(
            ArchiveEntry(path: Array(".seaworthy/record.json".utf8), kind: .file, mode: 0o644),
            try JSONWriter.bytes(of: record, .indented) + [0x0A]
        )
        _ = try writer.finish()
        try HostFile.writeAtomically(sink.bytes, to: file)
        if options.printing.json {
            try runtime.console.print(json: Document(file: file, leftOut: leftOut.rows))
        } else {
            for row in leftOut.rows { runtime.console.remark("Left out: \(row.path.harmless) (\(row.words))") }
            runtime.console.print("Wrote \(file.harmless). Hand this file to your instructor.")
        }
        if !file.hasSuffix(".tar.gz"), !file.hasSuffix(".tgz") {
            runtime.console.remark(
                "It is a gzip-compressed tar, whatever its name; `seaworthy grade` reads it as it is."
            )
        }
        return .success
    }

    private static func kind(_ entry: HostFile.WalkedEntry) -> ArchiveEntry.Kind? {
        switch entry.kind {
        case .file: .file
        case .directory: .directory
        case .symlink: .symlink(target: Array((entry.linkTarget ?? "").utf8))
        case .other: nil
        }
    }

    /// What is private in this workspace.
    private static func rules(_ lesson: Lesson, _ place: Workspace, _ runtime: Runtime) throws -> PrivateFiles {
        let path = place.path + "/.dockerignore"
        let bytes =
            HostFile.kindOfLink(path) == .file
            ? try HostFile.read(path, limit: runtime.limits.entryBytes, followsLinks: false) : []
        // A pattern that Docker does not understand keeps nothing out there either.
        let ignored = try? IgnoreFile(parsing: bytes)
        let listed = try IgnoreFile(patterns: lesson.privateFiles)
        return try PrivateFiles(
            lesson: listed,
            ignored: ignored ?? IgnoreFile(patterns: []),
            needed: Set(place.marker.starter.keys)
        )
    }

    private struct Document: Encodable {
        let file: String
        /// What stays at home, sorted by path.
        let leftOut: [LeftOut.Row]
    }

    private struct Record: Encodable {
        let lesson: String
        let name: String
        let engine: String
        let steps: [StepProgress]
    }
}

/// What a bundle does not hold, and why.
private final class LeftOut {
    struct Row: Encodable {
        let path: String
        let reason: String
        let words: String

        private enum CodingKeys: String, CodingKey { case path, reason }
    }

    private var reasons: [String: PrivateFiles.Reason] = [:]

    func add(_ path: String, _ reason: PrivateFiles.Reason) { reasons[path] = reason }

    func has(_ path: String) -> Bool { reasons[path] != nil }

    var rows: [Row] {
        reasons.sorted { $0.key < $1.key }.map { Row(path: $0.key, reason: $0.value.rawValue, words: $0.value.words) }
    }
}
