// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import Foundation
import ImageAnalysis
import ImagePolicies
import Packages
import SeaworthyTestSupport
import Testing
import Workbench

@testable import Workbench

@Suite("Analyses of what was typed")
struct SourceAnalysisTests {
    static let spdx = """
        {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"app","packages":[{"name":"qs","SPDXID":"SPDXRef-qs",\
        "versionInfo":"6.7.0","licenseDeclared":"AGPL-3.0-only","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER",\
        "referenceType":"purl","referenceLocator":"pkg:npm/qs@6.7.0"}]}]}
        """

    @Test("a list of packages is judged by what packages tell, and by nothing else")
    func document() throws {
        let scratch = try ScratchFolder()
        let path = scratch.path("app.spdx.json")
        try Data(Self.spdx.utf8).write(to: URL(fileURLWithPath: path))
        let report = try TestBench.make(scratch).analyze("sbom://" + path)
        #expect(report.packageCount == 1)
        #expect(report.vulnerabilities.matches.contains { $0.id == "CVE-2022-24999" })
        #expect(
            report.policies.results.map(\.id).sorted() == [
                "copyleft-license", "fixable-vulnerabilities", "high-profile-vulnerabilities",
            ]
        )
        #expect(report.policies.result("copyleft-license")?.state == .failed)
    }

    @Test("a folder is read for what is installed; what only a lock file names is not known")
    func folder() throws {
        let scratch = try ScratchFolder()
        let app = scratch.path("app")
        let module = app + "/node_modules/qs"
        try FileManager.default.createDirectory(atPath: module, withIntermediateDirectories: true)
        try Data(#"{"name":"qs","version":"6.7.0"}"#.utf8).write(to: URL(fileURLWithPath: module + "/package.json"))
        let bench = TestBench.make(scratch)
        let report = try bench.analyze("fs://" + app)
        #expect(report.packages.map(\.name) == ["qs"])
        #expect(report.packageDoubt == nil && !report.vulnerabilities.matches.isEmpty)
        try FileManager.default.removeItem(atPath: app + "/node_modules")
        try Data("{}".utf8).write(to: URL(fileURLWithPath: app + "/package-lock.json"))
        #expect(try bench.analyze("fs://" + app).packageDoubt?.contains("package-lock.json") == true)
    }

    @Test(
        "what is not there, or is no bill of materials, is refused",
        arguments: ["sbom://nothing", "fs://nothing", "sbom://{}"]
    )
    func refused(text: String) throws {
        let scratch = try ScratchFolder()
        var text = text
        if text == "sbom://{}" {
            try Data("{}".utf8).write(to: URL(fileURLWithPath: scratch.path("x.json")))
            text = "sbom://" + scratch.path("x.json")
        }
        let failure = #expect(throws: Failure.self) { try TestBench.make(scratch).analyze(text) }
        #expect(failure?.code == (text.hasSuffix(".json") ? .malformedInput : .noInput))
    }
}
