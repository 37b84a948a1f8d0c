// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageAnalysis
import ImageFilesystem
import ImagePolicies
import OCISpec
import SeaworthyTestSupport
import SymbolicBuild
import Testing

@testable import Workbench

/// What is not known takes verdicts away and gives none.
///
/// `SEAWORTHY_TEST_DOCKERFILES` says of how many Dockerfiles that is tried, 24 when it is not set, and `SEAWORTHY_TEST_SEED` of which;
/// `make soak` tries all.
@Suite("Uncertainty only removes certainty")
struct UncertaintyPropertyTests {
    private static let shared: Result<(scratch: ScratchFolder, bench: Workbench), any Error> = Result {
        let scratch = try ScratchFolder()
        return (scratch, TestBench.make(scratch))
    }

    /// Every folder with a Dockerfile that people hand in, solve a lesson with, or keep as a project.
    static let all: [Project] = {
        let manager = FileManager.default
        var folders: [String] = []
        for root in ["Tests/Projects", "grader-fixtures", "solutions", "lessons"] {
            let place = Checkout.root.appendingPathComponent(root).path
            let names = manager.enumerator(atPath: place)
            while let name = names?.nextObject() as? String {
                if name.hasSuffix("/Dockerfile") { folders.append(place + "/" + name.dropLast("/Dockerfile".count)) }
            }
        }
        let nothing = Project.Expected(
            exit: nil,
            line: nil,
            base: nil,
            configuration: nil,
            nonroot: nil,
            approved: nil,
            attestations: nil,
            vulnerabilities: nil,
            doubts: nil
        )
        return folders.sorted().map { folder in
            Project(name: String(folder.dropFirst(Checkout.root.path.count + 1)), folder: folder, expected: nothing)
        }
    }()

    private static let environment = ProcessInfo.processInfo.environment

    /// Those that are tried in this run.
    static let chosen: [Project] = {
        let count = environment["SEAWORTHY_TEST_DOCKERFILES"].flatMap { Int($0) } ?? 24
        var generator = SeededGenerator(seed: environment["SEAWORTHY_TEST_SEED"].flatMap { UInt64($0) } ?? 2026)
        return Array(all.shuffled(using: &generator).prefix(count))
    }()

    @Test("is tried on more than a hundred Dockerfiles")
    func count() {
        #expect(Self.all.count > 100)
        #expect(Set(Self.all.map(\.folder)).count == Self.all.count)
    }

    /// Knows no image at all.
    private struct BlindProvider: BaseImageProvider {
        func baseImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? { nil }
    }

    @Test("on a base image that nobody knows, no verdict is another one", arguments: chosen)
    func unknownBase(_ project: Project) throws {
        let bench = try Self.shared.get().bench
        let known = try BuiltProject(project, on: bench)
        guard known.outcome.isSuccess else { return }
        let blind = try BuiltProject(
            project,
            on: bench,
            builder: Builder(provider: BlindProvider(), repository: try bench.packages())
        )
        #expect(blind.outcome.problem == nil, "\(String(describing: blind.outcome.problem))")
        for result in known.report?.policies.results ?? [] {
            let (same, other) = (known.answer(result.id).verdict, blind.answer(result.id).verdict)
            #expect(other == same || other == "noData", "\(result.id): \(same), blind \(other)")
        }
    }

    /// A way to take a file from sight.
    enum Hiding: String, CaseIterable, Sendable {
        case gone, garbage, empty, circle

        func apply(to tree: inout FileTree, at path: ImagePath) {
            switch self {
            case .gone: tree.remove(path)
            case .garbage: tree.insert(.file([0x7B, 0xFF, 0x00, 0x01]), at: path)
            case .empty: tree.insert(.file([]), at: path)
            case .circle: tree.insert(.symlink(to: path.description), at: path)
            }
        }
    }

    /// The package databases of a distribution in a tree, and the folders of an application's packages.
    private static func databases(in tree: FileTree) -> (system: [ImagePath], application: [ImagePath]) {
        var system: [ImagePath] = []
        var application: [ImagePath] = []
        tree.walk { path, node in
            guard case .file = node.kind else { return true }
            let text = path.description
            if text.hasSuffix("/dpkg/status") || text.contains("/dpkg/status.d/") || text.hasSuffix("apk/db/installed")
                || text.contains("/rpm/rpmdb.sqlite")
            {
                system.append(path)
            } else if application.count < 3,
                text.contains("/node_modules/") && text.hasSuffix("/package.json")
                    || text.hasSuffix("-info/METADATA")
            {
                application.append(path)
            }
            return true
        }
        return (system, application)
    }

    @Test("without a package database that the image has, no policy is met that was not", arguments: chosen)
    func hidden(_ project: Project) throws {
        let bench = try Self.shared.get().bench
        let built = try BuiltProject(project, on: bench)
        guard built.outcome.isSuccess, let image = PredictedImage(built.outcome, built.request) else { return }
        let before = try report(image, image.tree, project.name, bench)
        let found = Self.databases(in: image.tree)
        for way in Hiding.allCases where !found.system.isEmpty {
            // A distribution's packages stand in several files at times: only all of them are the database.
            var tree = image.tree
            for path in found.system { way.apply(to: &tree, at: path) }
            try expectNoGain(try report(image, tree, project.name, bench), over: before, "\(found.system), \(way)")
        }
        for path in found.application {
            var tree = image.tree
            Hiding.garbage.apply(to: &tree, at: path)
            try expectNoGain(try report(image, tree, project.name, bench), over: before, "\(path)")
        }
    }

    /// Judges an image by its files alone: an SBOM of it would say what it held.
    private func report(_ image: PredictedImage, _ tree: FileTree, _ name: String, _ bench: Workbench) throws
        -> AnalysisReport
    {
        try bench.analyzer().analyze(
            AnalysisSubject(
                name: name,
                digest: image.digest,
                configuration: image.configuration,
                tree: tree,
                layers: image.diffIDs.map { AnalysisSubject.Layer(diffID: $0) },
                baseLayerCount: image.baseLayerCount
            )
        )
    }

    private func expectNoGain(_ after: AnalysisReport, over before: AnalysisReport, _ what: String) throws {
        for result in after.policies.results where result.state == .passed {
            #expect(before.policies.result(result.id)?.state == .passed, "\(what): \(result.id) is met now")
        }
    }
}
