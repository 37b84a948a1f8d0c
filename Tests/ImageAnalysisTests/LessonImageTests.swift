// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import BillOfMaterials
import Diagnostics
import ImageFilesystem
import ImagePolicies
import OCISpec
import Packages
import Testing

@testable import ImageAnalysis

@Suite("The lesson's images, from the kit to the policies")
struct LessonImageTests {
    private func states(_ report: AnalysisReport) -> [String: Verdict] {
        Dictionary(uniqueKeysWithValues: report.policies.results.map { ($0.id, $0.state) })
    }

    @Test("memes-r-us without a user meets six of seven policies, with one all seven")
    func walk() throws {
        var image = LessonImage()
        try image.attest()
        let first = try image.report()
        #expect(
            first.policies.summary == "6/7 policies met",
            "\(first.policies.results.compactMap { $0.noDataReason }) \(first.policies.results.flatMap(\.deviations))"
        )
        #expect(first.policies.results.filter { $0.state != .passed }.map(\.id) == ["default-non-root-user"])
        #expect(first.sbom.kind == .attestation)
        #expect(first.provenance?.mode == .max)
        #expect(first.provenance?.source == "https://example.org/memes.git")
        #expect(first.vulnerabilities.matches.map(\.id) == ["CVE-2026-12590"])
        #expect(first.findings == [])
        #expect(first.unknowns == [])
        guard case .image(let base) = first.base else {
            Issue.record("the base is known")
            return
        }
        #expect(base.familiarName == "node:lts-slim")
        #expect(base.source == .provenance)
        #expect(first.baseCounts == SeverityCounts())
        #expect(first.size.isRecorded)

        image.user = "appuser"
        image.passwdLine = "appuser:x:100:101::/home/appuser:/usr/sbin/nologin"
        try image.attest()
        #expect(try image.report().policies.summary == "7/7 policies met")
        image.user = "node"
        image.passwdLine = nil
        #expect(try image.report().policies.summary == "7/7 policies met")
        image.user = "nobody-here"
        #expect(try image.report().policies.summary == "6/7 policies met")
    }

    @Test("The hardened runtime meets all seven")
    func hardened() throws {
        var image = LessonImage(base: "docker/dhi-node:24-alpine3.22")
        try image.attest()
        let report = try image.report()
        #expect(
            report.policies.summary == "7/7 policies met",
            "\(report.policies.results.compactMap { $0.noDataReason }) \(report.policies.results.flatMap(\.deviations))"
        )
        #expect(report.packages.contains { $0.name == "node" || $0.name.hasPrefix("nodejs") })
    }

    @Test("Without attestations the packages are indexed and the base is told by its layers")
    func bare() throws {
        let report = try LessonImage(user: "node").report()
        #expect(report.sbom.kind == .indexed)
        #expect(states(report)["supply-chain-attestations"] == .failed)
        guard case .image(let base) = report.base else {
            Issue.record("the layers tell the base")
            return
        }
        #expect(base.source == .layers)
        #expect(base.candidates.contains { $0.tag == "lts-slim" })
        #expect(states(report)["no-stale-base-images"] == .passed)
    }

    @Test("Provenance in min mode fails the attestations, and still tells the base")
    func minimal() throws {
        var image = LessonImage(user: "node")
        try image.attest(mode: .min)
        let report = try image.report()
        #expect(states(report).filter { $0.value != .passed }.keys.sorted() == ["supply-chain-attestations"])
        guard case .image(let base) = report.base else { return }
        #expect(base.familiarName == "node:lts-slim" && base.source == .provenance)
    }

    @Test("An SBOM that leaves a vulnerable package out buys no pass, and is said to be incomplete")
    func forgedSBOM() throws {
        var image = LessonImage(user: "node")
        image.dependencies.append(("qs", "6.7.0", "MIT"))
        let honest = try image.report().packages.filter { $0.name != "qs" }
        try image.attest(sbom: honest)
        let report = try image.report()
        #expect(states(report)["fixable-vulnerabilities"] == .failed)
        #expect(report.findings.map(\.rule) == ["sbom-incomplete"])
        #expect(report.packageCount == honest.count)
    }

    @Test("A package that only the SBOM has is judged as well")
    func surplusSBOM() throws {
        var image = LessonImage(user: "node")
        let extra = Package(type: .npm, name: "lodash", version: "4.17.4", licenses: ["MIT"], foundBy: "test")
        try image.attest(sbom: try image.report().packages + [extra])
        let report = try image.report()
        #expect(states(report)["fixable-vulnerabilities"] == .failed)
        #expect(report.findings.map(\.rule) == ["sbom-surplus"])
    }

    @Test("Attestations about another image count for nothing")
    func foreignAttestations() throws {
        var image = LessonImage(user: "node")
        try image.attest(of: .sample(1))
        let report = try image.report()
        #expect(report.sbom.kind == .indexed)
        #expect(report.attestations.sbom == .ofAnotherImage)
        #expect(states(report)["supply-chain-attestations"] == .failed)
    }

    @Test(
        "Attestations that cannot be read are findings, not crashes",
        arguments: ["", "{", "[]", "null", "{\"packages\":3}", "{\"buildDefinition\":[]}"]
    )
    func unreadable(predicate: String) throws {
        var image = LessonImage(user: "node")
        try image.attest()
        image.statements = image.statements.map {
            InTotoStatement(
                type: $0.type,
                subjects: $0.subjects,
                predicateType: $0.predicateType,
                predicate: Array(predicate.utf8)
            )
        }
        let report = try image.report()
        #expect(report.findings.filter { $0.rule == "attestation-unreadable" }.count == 2)
        #expect(states(report)["supply-chain-attestations"] == .unknown)
    }

    @Test("What the engine did not understand makes no data, from the caller and from the image's label")
    func unknowns() throws {
        let unknown = Unknown(reason: "line 5: ./install.sh has no model", scope: .filesystem)
        var image = LessonImage(user: "node")
        try image.attest()
        image.unknowns = [unknown]
        let told = try image.report()
        image.unknowns = []
        image.labels = [UnknownLabel.name: UnknownLabel.text([unknown])]
        let labelled = try image.report()
        for report in [told, labelled] {
            #expect(report.unknowns == [unknown])
            for id in ["fixable-vulnerabilities", "high-profile-vulnerabilities", "copyleft-license"] {
                #expect(states(report)[id] == .unknown)
            }
            // The account is there, whatever else was added.
            #expect(states(report)["default-non-root-user"] == .passed)
        }
        image.user = "mystery"
        #expect(states(try image.report())["default-non-root-user"] == .unknown)
    }

    @Test("The Dockerfile and labels tell the base where provenance does not, in this order")
    func otherSources() throws {
        var image = LessonImage(user: "node")
        image.told = .image(
            FoundBaseImage(reference: try ImageReference(parsing: "node:20-alpine"), digest: nil, source: .dockerfile)
        )
        let dockerfile = try image.report()
        guard case .image(let first) = dockerfile.base else { return }
        #expect(first.source == .dockerfile)
        #expect(states(dockerfile)["approved-base-images"] == .failed)
        #expect(dockerfile.findings.isEmpty == false || first.familiarName == "node:20-alpine")
        image.labels["org.opencontainers.image.base.name"] = "docker.io/library/node:lts-slim"
        guard case .image(let second) = try image.report().base else { return }
        #expect(second.source == .labels && second.familiarName == "node:lts-slim")
    }

    @Test("An image that begins like nothing known, told by nobody, has no data about its base")
    func unknownBase() throws {
        let subject = try LessonImage(user: "node").subject()
        let stranger = AnalysisSubject(
            name: "x",
            digest: subject.digest,
            configuration: subject.configuration,
            tree: subject.tree,
            layers: [AnalysisSubject.Layer(diffID: .sample(9), sizeBytes: 5)]
        )
        let report = try LessonImage.analyzer().analyze(stranger)
        #expect(states(report)["no-stale-base-images"] == .unknown)
        #expect(states(report)["approved-base-images"] == .unknown)
        #expect(report.policies.state == .failed)
    }

    @Test("An empty image from scratch is judged without a crash")
    func scratch() throws {
        let report = try LessonImage.analyzer().analyze(
            AnalysisSubject(
                name: "a b!",
                digest: .sample(1),
                configuration: ImageConfiguration(),
                tree: .init(),
                layers: []
            )
        )
        #expect(report.base == .scratch)
        #expect(report.size.bytes == 0)
        #expect(states(report)["no-stale-base-images"] == .passed)
        #expect(states(report)["default-non-root-user"] == .failed)
    }

    @Test("A real image's size is that of its layers; a model's is what was recorded and what was added")
    func sizes() throws {
        let subject = try LessonImage().subject()
        let recorded = try #require(try LessonImage.model("node:lts-slim").model?.recordedSizeBytes)
        let size = try LessonImage.analyzer().analyze(subject).size
        #expect(size.isRecorded && size.bytes == recorded + 2_500_000)
        var configuration = subject.configuration
        configuration.config.labels = nil
        let plain = AnalysisSubject(
            name: "x",
            digest: subject.digest,
            configuration: configuration,
            tree: subject.tree,
            layers: [
                .init(diffID: .sample(1), sizeBytes: Int.max), .init(diffID: .sample(2), sizeBytes: Int.max),
                .init(diffID: .sample(3), sizeBytes: -5),
            ]
        )
        #expect(try LessonImage.analyzer().analyze(plain).size == ImageSize(bytes: Int.max))
        #expect(ImageSize(bytes: 81_234_567).text == "81 MB")
        #expect(ImageSize(bytes: 1_500).text == "2 kB")
        #expect(ImageSize(bytes: 12).text == "12 B")
    }

    @Test("Node on Alpine 3.22 is no supported tag of the official image any more")
    func gone() throws {
        var image = LessonImage(base: "node:24-alpine3.22", user: "node")
        try image.attest()
        let report = try image.report()
        #expect(states(report)["approved-base-images"] == .failed)
    }

    @Test("Of the real digests that a tag had, only the last is not outdated")
    func realDigests() throws {
        let reference = try ImageReference(parsing: "node:lts-slim")
        let history = LessonImage.kit.catalog.history(of: reference)
        #expect(history.count >= 2)
        for (index, record) in history.enumerated() {
            for digest in [record.indexDigest, record.manifestDigest].compactMap(\.self) {
                var image = LessonImage(user: "node")
                image.told = .image(FoundBaseImage(reference: reference, digest: digest, source: .dockerfile))
                let expected: Verdict = index == history.count - 1 ? .passed : .failed
                #expect(states(try image.report())["no-stale-base-images"] == expected, "\(record.asOf)")
            }
        }
    }

    @Test("SBOMs of build stages are not the image's packages")
    func stageScans() throws {
        var image = LessonImage(user: "node")
        try image.attest()
        let extra = Package(type: .npm, name: "lodash", version: "4.17.4", licenses: ["MIT"], foundBy: "test")
        let text = String(decoding: LessonImage.spdx([extra]), as: UTF8.self)
            .replacing(#""name":"x""#, with: #""name":"/run/src/extras/build""#)
        if let first = image.statements.first {
            image.statements.append(
                InTotoStatement(
                    type: first.type,
                    subjects: first.subjects,
                    predicateType: first.predicateType,
                    predicate: Array(text.utf8)
                )
            )
        }
        let report = try image.report()
        #expect(!report.packages.contains { $0.name == "lodash" })
        #expect(report.findings.isEmpty)
    }

    @Test("Same image, same facts, same report")
    func deterministic() throws {
        var image = LessonImage()
        try image.attest()
        #expect(try image.report() == image.report())
    }
}
