// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import ShellMachine
import SymbolicBuild
import Testing

@testable import Workbench

/// The engine against a real builder.
///
/// `SEAWORTHY_TEST_BUILDS` says how many Dockerfiles are built, 25 when it is not set, and `SEAWORTHY_TEST_SEED` which; `make soak`
/// builds all.
@Suite("Builds by buildah", .enabled(if: RealBuilds.areThere, RealBuilds.remedy))
struct RealBuildTests {
    private static let count = ProcessInfo.processInfo.environment["SEAWORTHY_TEST_BUILDS"].flatMap { Int($0) } ?? 25
    private static let seed =
        ProcessInfo.processInfo.environment["SEAWORTHY_TEST_SEED"].flatMap { UInt64($0) } ?? 2026
    private static let pattern = ProcessInfo.processInfo.environment["SEAWORTHY_TEST_ROW"] ?? ""

    @Test("are at least 150, each with a name of its own")
    func rows() throws {
        let rows = try RealBuildRow.all()
        #expect(rows.count >= 150)
        #expect(Set(rows.map(\.name)).count == rows.count)
        #expect(rows.allSatisfy { $0.dockerfile.lowercased().contains("from ") })
    }

    /// How far the predictions of all rows were right.
    private struct Tally {
        var equalCount = 0
        var unknownCount = 0
        var unknownRows: [String] = []
        var problems: [String] = []
    }

    @Test("have the files and the configuration that was predicted, or it was said that they are not known")
    func agree() throws {
        let real = try RealBuilds.shared.get()
        let scratch = try ScratchFolder()
        let context = scratch.path("context")
        try RealBuilds.makeContext(context)
        let bench = TestBench.make(try ScratchFolder())
        let archive = try ImageSource.open(path: real.archive, limits: .standard)
        let reference = try ImageReference(parsing: "localhost/debian:base")
        _ = try bench.store().put(try archive.bundle(reference: nil), names: [reference])

        let rows = try chosen()
        let builds = try ScratchFolder()
        let made = try real.build(rows, context: context, in: builds)
        let base = try real.baseFiles()
        var tally = Tally()
        for (number, (row, made)) in zip(rows, made).enumerated() {
            let path = try builds.write("\(number)/ours", row.dockerfile)
            if let ignore = row.ignore { try builds.write("\(number)/ours.dockerignore", ignore) }
            var request = BuildRequest(
                dockerfile: Array(row.dockerfile.utf8),
                context: try FolderContext(dockerfile: path, folder: context, limits: .standard),
                epochSeconds: Int(Date().timeIntervalSince1970),
                limits: .standard
            )
            for argument in row.arguments {
                let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                request.buildArguments[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
            }
            try compare(row, try bench.builder().build(request), made, base, &tally)
        }
        let factCount = tally.equalCount + tally.unknownCount
        print(
            """
            \(rows.count) Dockerfiles by buildah, seed \(Self.seed): \(tally.equalCount) files and settings as predicted, \
            \(tally.unknownCount) of \(factCount) not known, in \(tally.unknownRows.count) rows: \(tally.unknownRows)
            """
        )
        #expect(tally.problems.isEmpty, "\(tally.problems.count) rows:\n\(tally.problems.joined(separator: "\n"))")
        guard rows.count > 50 else { return }
        #expect(tally.unknownCount * 100 < factCount * 3)
        #expect(tally.unknownRows.count * 100 < rows.count * 3)
    }

    private func chosen() throws -> [RealBuildRow] {
        let rows = try RealBuildRow.all()
        if !Self.pattern.isEmpty { return rows.filter { $0.name.contains(Self.pattern) } }
        var generator = SeededGenerator(seed: Self.seed)
        return Array(rows.shuffled(using: &generator).prefix(Self.count))
    }

    private func compare(
        _ row: RealBuildRow,
        _ outcome: BuildOutcome,
        _ made: RealBuilds.Made,
        _ base: [String: String],
        _ tally: inout Tally
    ) throws {
        let stop = outcome.problem?.range?.start.line
        let isBuilt = outcome.isSuccess
        guard isBuilt == (row.stops == nil), stop == row.stops else {
            let log = outcome.steps.flatMap(\.log).suffix(5).joined(separator: " / ")
            tally.problems.append(
                "\(row.name): ours stops at \(stop ?? 0): \(String(describing: outcome.problem)) \(log)"
            )
            return
        }
        guard made.isBuilt == (row.goesThrough ?? isBuilt) else {
            tally.problems.append("\(row.name): buildah \(made.isBuilt ? "goes on" : "stops"): \(made.log.suffix(400))")
            return
        }
        guard isBuilt, made.isBuilt, let target = outcome.target else {
            tally.equalCount += 1
            return
        }
        var wrong: [String] = []
        let doubts = outcome.unknowns.filter { !$0.facets.isEmpty }
        if doubts.isEmpty == row.isUnknown {
            wrong.append(row.isUnknown ? "nothing is unknown" : "unknown: \(doubts.map(\.reason))")
        }
        if !doubts.isEmpty { tally.unknownRows.append(row.name) }
        let facts = Facts(target, made, base)
        var differences = row.differences
        for name in facts.names {
            if let expected = differences.removeValue(forKey: name) {
                if facts.ours[name] ?? "none" != expected || facts.theirs[name] == facts.ours[name] {
                    wrong.append(
                        "\(name): ours \(facts.ours[name] ?? "none"), buildah \(facts.theirs[name] ?? "none"), listed as \(expected)"
                    )
                }
                continue
            }
            if name.hasPrefix("/"),
                doubts.contains(where: { $0.mayTouch(name) }) || target.uncertain.contains(ImagePath(name))
            {
                tally.unknownCount += 1
            } else if facts.ours[name] == facts.theirs[name] {
                tally.equalCount += 1
            } else {
                wrong.append("\(name): ours \(facts.ours[name] ?? "none"), buildah \(facts.theirs[name] ?? "none")")
            }
        }
        wrong += differences.keys.sorted().map { "\($0) is listed and does not differ" }
        if !wrong.isEmpty { tally.problems.append("\(row.name):\n    " + wrong.prefix(12).joined(separator: "\n    ")) }
    }

    /// What both sides say, by path or field.
    private struct Facts {
        let ours: [String: String]
        let theirs: [String: String]
        /// What either side has other than the base, and the configuration.
        let names: [String]

        init(_ target: StageState, _ made: RealBuilds.Made, _ base: [String: String]) {
            var ours = FileFact.all(of: target.tree) { $0.layerIndex ?? 0 >= target.baseCount }
            var theirs = made.files
            for (path, first) in FileFact.firstNames(of: target.tree) { ours[path]? += " = " + first }
            for (path, first) in made.names { theirs[path]? += " = " + first }
            // A digest counts where both have one.
            for (path, fact) in theirs {
                guard let own = ours[path], own != fact else { continue }
                if fact.hasPrefix(own) || own.hasPrefix(fact) { ours[path] = fact }
            }
            var names = Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] || theirs[$0] != base[$0] }
            let (left, right) = (FileFact.all(of: target.configuration), FileFact.all(of: made.configuration))
            names.formUnion(left.keys)
            names.formUnion(right.keys)
            self.ours = ours.merging(left) { $1 }
            self.theirs = theirs.merging(right) { $1 }
            self.names = names.sorted()
        }
    }
}

extension StageState {
    /// How many layers the image behind FROM has.
    fileprivate var baseCount: Int {
        if case .image(let image) = base { image.configuration.rootfs.diffIDs.count } else { 0 }
    }
}
