// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import Workbench

@Suite("The setting that lets registries be asked")
struct RegistrySettingTests {
    /// The variable, the file, and what is meant; nil where it is refused.
    static let rows: [(variable: String?, file: String?, setting: RegistrySetting?, line: Int?)] = [
        (nil, nil, .denied, nil), (nil, "", .denied, nil), (nil, "registry=allowed\n", .allowed, nil),
        (nil, "# for the course\n\n  registry = allowed \r\n", .allowed, nil), (nil, "registry=denied", .denied, nil),
        (nil, "registry=allowed\nregistry=allowed\n", .allowed, nil),
        ("allowed", nil, .allowed, nil), ("denied", "registry=allowed", .denied, nil),
        ("", "registry=allowed", .allowed, nil),
        ("yes", nil, nil, nil), ("ALLOWED", nil, nil, nil), (nil, "registry=yes", nil, 1), (nil, "registry", nil, 1),
        (nil, "# x\nregistries=allowed", nil, 2), (nil, "registry=allowed\nregistry=denied", nil, 2),
        (nil, "\u{0}", nil, 1),
    ]

    @Test("is read from the environment, else from the file", arguments: rows.indices)
    func reads(index: Int) throws {
        let row = Self.rows[index]
        let scratch = try ScratchFolder()
        if let file = row.file { try scratch.write("settings", file) }
        var environment: [String: String] = [:]
        environment[RegistrySetting.variable] = row.variable
        do {
            #expect(try RegistrySetting.read(environment: environment, home: scratch.path) == row.setting)
        } catch {
            let failure = try #require(error as? Failure)
            #expect(row.setting == nil && failure.fix != nil)
            #expect(failure.place?.position?.line == row.line)
            #expect(failure.code == (row.variable == nil ? .malformedInput : .usage))
        }
    }
}
