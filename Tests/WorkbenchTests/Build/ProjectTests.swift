// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageAnalysis
import ImagePolicies
import OCISpec
import SeaworthyTestSupport
import SymbolicBuild
import Testing

@testable import Workbench

@Suite("Projects like those of people")
struct ProjectTests {
    /// One data home for all of them, so that a base image is put together once.
    private static let shared: Result<(scratch: ScratchFolder, bench: Workbench), any Error> = Result {
        let scratch = try ScratchFolder()
        return (scratch, TestBench.make(scratch))
    }

    @Test("are all read, and are at least sixty")
    func count() {
        #expect(Project.all.count == Project.folderCount)
        #expect(Project.all.count >= 60)
    }

    @Test("are built and judged as is right", arguments: Project.all)
    func right(_ project: Project) throws {
        let bench = try Self.shared.get().bench
        let built = try BuiltProject(project, on: bench)
        let expected = project.expected
        guard expected.exit == nil else {
            #expect(
                built.outcome.problem?.range?.start.line == expected.line,
                "\(String(describing: built.outcome.problem))"
            )
            return
        }
        #expect(built.outcome.problem == nil)
        let target = try #require(built.outcome.target)
        // On an image that the kit does not know, an answer may be lacking, and none may be another one.
        let isKnown = built.knowsBases || expected.base == "unknown"
        if isKnown { try compare(target.configuration.config, try #require(expected.configuration)) }
        for (id, answer) in [
            ("default-non-root-user", expected.nonroot), ("approved-base-images", expected.approved),
            ("supply-chain-attestations", expected.attestations),
        ] {
            let given = built.answer(id)
            #expect(given.verdict == answer?.verdict || (!isKnown && given.verdict == "noData"), "\(id): \(given.why)")
        }
        guard isKnown else { return }
        if let answer = expected.vulnerabilities {
            let given = built.answer("fixable-vulnerabilities")
            #expect(given.verdict == answer.verdict, "vulnerabilities: \(given.why)")
        }
        let doubts = Dictionary(
            (expected.doubts ?? []).map { ($0.line, $0.facets) },
            uniquingKeysWith: { $0.union($1) }
        )
        #expect(built.doubts == doubts, "\(built.outcome.unknowns.map { "\($0.line ?? 0) \($0.scope): \($0.reason)" })")
    }

    private func compare(
        _ config: ContainerConfiguration,
        _ expected: Project.Expected.Configuration
    ) throws {
        #expect(config.user ?? "" == expected.user)
        let folders = [config.workingDir ?? "", expected.workingDirectory]
        #expect(folders[0] == folders[1] || Set(folders) == ["", "/"], "\(folders)")
        #expect(config.entrypoint ?? [] == expected.entrypoint ?? [])
        #expect(config.cmd ?? [] == expected.command ?? [])
        #expect((config.exposedPorts ?? [:]).keys.sorted() == expected.exposedPorts)
        #expect((config.volumes ?? [:]).keys.sorted() == expected.volumes)
        #expect(config.stopSignal ?? "" == expected.stopSignal)
        for (name, value) in expected.environment { #expect(config.environmentValue(name) == value, "\(name)") }
        for (name, value) in expected.labels { #expect(config.labels?[name] == value, "\(name)") }
        guard let health = expected.healthcheck else { return }
        #expect(config.healthcheck?.test == health.test)
        #expect(config.healthcheck?.interval == Self.nanoseconds(health.interval))
        #expect(config.healthcheck?.timeout == Self.nanoseconds(health.timeout))
        #expect(config.healthcheck?.startPeriod == Self.nanoseconds(health.startPeriod))
    }

    private static func nanoseconds(_ text: String?) -> Int? {
        guard let text, let unit = text.last, let number = Int(text.dropLast()) else { return nil }
        return number * (unit == "m" ? 60 : 1) * 1_000_000_000
    }

    @Test("get a verdict on user, attestations and approved base nearly always, on packages wherever there is a list")
    func shares() throws {
        let bench = try Self.shared.get().bench
        let projects = Project.all.filter { $0.expected.exit == nil && $0.expected.base != "unknown" }
        var given: [String: Int] = [:]
        var total: [String: Int] = [:]
        var knownCount = 0
        for project in projects {
            let built = try BuiltProject(project, on: bench)
            guard built.knowsBases else { continue }
            knownCount += 1
            for result in built.report?.policies.results ?? [] {
                total[result.id, default: 0] += 1
                if result.state != .unknown { given[result.id, default: 0] += 1 }
            }
        }
        let lines = total.keys.sorted().map { "\($0): \(given[$0] ?? 0) of \(total[$0] ?? 0)" }
        print(
            "Verdicts on \(knownCount) projects, of \(projects.count), whose images are known: "
                + lines.joined(separator: ", ")
        )
        for id in ["default-non-root-user", "supply-chain-attestations", "approved-base-images"] {
            let share = Double(given[id] ?? 0) / Double(max(1, total[id] ?? 0))
            #expect(share >= 0.95, "\(id)")
        }
    }

    @Test("judged on a base image that nobody knows, lose verdicts and turn none", arguments: Project.all)
    func unknownBase(_ project: Project) throws {
        guard project.expected.exit == nil, project.expected.base != "scratch" else { return }
        let bench = try Self.shared.get().bench
        let known = try BuiltProject(project, on: bench)
        let blind = Builder(provider: BlindProvider(), repository: try bench.packages())
        let unknown = try BuiltProject(project, on: bench, builder: blind)
        #expect(unknown.outcome.problem == nil, "\(String(describing: unknown.outcome.problem))")
        for result in known.report?.policies.results ?? [] {
            let other = unknown.answer(result.id).verdict
            let same = known.answer(result.id).verdict
            // What a tag is said of does not need the image itself.
            #expect(other == same || other == "noData", "\(result.id): \(same), blind \(other)")
        }
    }

    /// Knows no image at all.
    private struct BlindProvider: BaseImageProvider {
        func baseImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? { nil }
    }
}
