// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import Workbench

@Suite("The doctor")
struct DoctorTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func checks(_ environment: [String: String] = [:]) -> [String: DoctorCheck] {
        let checks = DoctorChecks(
            TestBench.make(scratch, environment),
            terminal: DoctorChecks.Terminal(columns: nil, usesColour: false)
        )
        .all()
        #expect(Set(checks.map(\.name)).count == checks.count)
        return Dictionary(checks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("in a good place all is well, and nothing is made there")
    func well() throws {
        #expect(!checks().values.contains { $0.state == .problem })
        #expect(try scratch.listing().isEmpty)
    }

    @Test("a data home that is a file, or cannot be made, is a problem")
    func home() throws {
        let file = try scratch.write("file", "x")
        #expect(checks(["SEAWORTHY_HOME": file])["data home"]?.state == .problem)
        #expect(checks(["SEAWORTHY_HOME": file + "/below"])["data home"]?.state == .problem)
        #expect(checks(["SEAWORTHY_HOME": "/proc/none"])["data home"]?.state == .problem)
    }

    @Test("content that is not there is a problem, with a way out")
    func content() throws {
        let found = checks(["SEAWORTHY_CONTENT": scratch.path("nowhere")])["content"]
        #expect(found?.state == .problem)
        #expect(found?.fix != nil)
    }

    @Test("advisories that were cut short are a problem")
    func advisories() throws {
        for folder in ["lessons", "kit"] { try scratch.write("content/\(folder)/x", "") }
        let source = TestBench.root + "/advisories"
        for name in try FileManager.default.contentsOfDirectory(atPath: source) {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: source + "/" + name)))
            try scratch.write("content/advisories/" + name, name.hasSuffix(".ndjson") ? Array(bytes.dropLast()) : bytes)
        }
        let found = checks(["SEAWORTHY_CONTENT": scratch.path("content")])
        #expect(found["advisories"]?.state == .problem)
        #expect(found["base images"]?.state == .problem)
    }

    @Test("a locale without UTF-8 is a warning", arguments: [("C", true), ("de_DE.UTF-8", false), ("C.utf8", false)])
    func locale(value: String, warns: Bool) {
        #expect((checks(["LC_ALL": value])["locale"]?.state == .warning) == warns)
    }

    @Test("what the environment says stands on one line")
    func oneLine() {
        let check = checks(["TERM": "x\ny"])["terminal"]
        #expect(check?.value.contains("\n") == false)
    }
}
