// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import Foundation
import ImageAnalysis
import ImagePolicies
import SeaworthyTestSupport
import SymbolicBuild
import Testing

@testable import Workbench

/// A project of `Tests/Projects`: a Dockerfile with a small context, as people write them, and what is right to say of it.
///
/// What is expected was written down from the builder's rules and the images' own facts, before the engine was asked.
struct Project: Sendable, CustomTestStringConvertible {
    let name: String
    let folder: String
    let expected: Expected

    var testDescription: String { name }

    /// What is right to say.
    struct Expected: Sendable, Decodable {
        /// The exit code where a real build stops; nil where it goes through.
        let exit: Int?
        /// Where it stops.
        let line: Int?
        /// The base image of the last stage, `scratch`, or `unknown` where nobody can know it.
        let base: String?
        let configuration: Configuration?
        let nonroot: Answer?
        let approved: Answer?
        let attestations: Answer?
        /// The verdict on vulnerabilities that can be mended; nil where nothing is expected of it.
        let vulnerabilities: Answer?
        /// What is not known of the final image, by line, beside what is not known of the base images.
        let doubts: [Doubt]?

        struct Configuration: Sendable, Decodable {
            let user: String
            let workingDirectory: String
            let entrypoint: [String]?
            let command: [String]?
            let environment: [String: String]
            let exposedPorts: [String]
            let volumes: [String]
            let stopSignal: String
            let labels: [String: String]
            let healthcheck: Health?
        }

        struct Health: Sendable, Decodable {
            let test: [String]
            let interval: String?
            let timeout: String?
            let startPeriod: String?
        }

        struct Answer: Sendable, Decodable {
            let verdict: String
        }

        struct Doubt: Sendable, Decodable {
            let line: Int
            let facets: Set<Facet>
        }
    }

    /// All of them, by name.
    static let all: [Project] = {
        let root = Checkout.root.path + "/Tests/Projects"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted().compactMap { name in
            let folder = root + "/" + name
            guard let data = FileManager.default.contents(atPath: folder + "/expected.json"),
                let expected = try? JSONDecoder().decode(Expected.self, from: data)
            else { return nil }
            return Project(name: name, folder: folder, expected: expected)
        }
    }()

    /// The names of the folders.
    static let folderCount: Int = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: Checkout.root.path + "/Tests/Projects")
        return names?.count ?? 0
    }()
}

/// A project as the engine sees it.
struct BuiltProject {
    let request: BuildRequest
    let outcome: BuildOutcome
    let report: AnalysisReport?

    /// Builds a project without its expectations in the context, and judges the image that would come out.
    ///
    /// - Parameter provider: where base images come from; nil for the kit.
    init(_ project: Project, on bench: Workbench, builder: Builder? = nil) throws {
        let path = project.folder + "/Dockerfile"
        var request = BuildRequest(
            dockerfile: Array(try Data(contentsOf: URL(fileURLWithPath: path))),
            context: try FolderContext(dockerfile: path, folder: project.folder, limits: .standard),
            // Behind the newest day of the kit: nothing stands on an image that was not there yet.
            epochSeconds: 1_795_000_000,
            limits: .standard
        )
        request.attachesSBOM = true
        request.provenance = .max
        self.request = request
        outcome = try (builder ?? bench.builder()).build(request)
        guard let image = PredictedImage(outcome, request) else {
            report = nil
            return
        }
        report = try bench.analyzer().analyze(
            AnalysisSubject(
                name: project.name,
                digest: image.digest,
                configuration: image.configuration,
                tree: image.tree,
                layers: image.diffIDs.map { AnalysisSubject.Layer(diffID: $0) },
                statements: image.statements.map { AnalysisSubject.Statement($0, of: image.digest) },
                baseLayerCount: image.baseLayerCount
            )
        )
    }

    /// Whether something is known of every image that a stage stands on.
    var knowsBases: Bool {
        outcome.stages.values.allSatisfy { if case .unknown = $0.base { false } else { true } }
    }

    /// A policy's answer: `met`, `notMet` or `noData`, with why.
    func answer(_ id: String) -> (verdict: String, why: String) {
        guard let result = report?.policies.results.first(where: { $0.id == id }) else { return ("none", "") }
        switch result.state {
        case .passed: return ("met", result.evidence.map(\.detail).joined(separator: "; "))
        case .failed: return ("notMet", result.deviations.map(\.detail).joined(separator: "; "))
        case .unknown: return ("noData", result.noDataReason ?? "")
        }
    }

    /// The facets in doubt by the first line of the instruction that brought the doubt; those of FROM lines are left out.
    var doubts: [Int: Set<Facet>] {
        var result: [Int: Set<Facet>] = [:]
        for unknown in outcome.unknowns where !unknown.facets.isEmpty {
            guard let line = unknown.line,
                let instruction = outcome.dockerfile.instructions.last(where: { $0.startLine <= line }),
                instruction.keyword != .from
            else { continue }
            result[instruction.startLine, default: []].formUnion(unknown.facets)
        }
        return result
    }
}
