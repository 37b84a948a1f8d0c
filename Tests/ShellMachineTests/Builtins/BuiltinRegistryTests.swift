// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import ShellMachine

@Suite("The registry of built-ins and the folder beside it")
struct BuiltinRegistryTests {
    private static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private var registered: [String] { BuiltinRegistry.all.map { String(describing: $0) } }

    private func files(in folder: String) throws -> [String] {
        let place = Self.project.appendingPathComponent(folder).path
        return try FileManager.default.contentsOfDirectory(atPath: place)
            .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(".swift".count)) }.sorted()
    }

    @Test("every file of the folder is a built-in that is registered, in order, and nothing else is")
    func complete() throws { #expect(try files(in: "Sources/ShellMachine/Builtins") == registered) }

    @Test("each built-in has a test file of its name")
    func tests() throws {
        let tests = try files(in: "Tests/ShellMachineTests/Builtins")
        for name in registered { #expect(tests.contains(name + "Tests"), "\(name)") }
    }

    @Test("no two built-ins of one shell have one name")
    func names() {
        for builtin in BuiltinRegistry.all {
            for name in builtin.names {
                for dialect in builtin.dialects {
                    let found = BuiltinRegistry.find(name, dialect).map { String(describing: $0) }
                    #expect(found == String(describing: builtin), "\(name)")
                }
            }
        }
    }
}
