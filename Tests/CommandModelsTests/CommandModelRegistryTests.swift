// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShellMachine
import Testing

@testable import CommandModels

@Suite("The registry of command models and the folders beside it")
struct CommandModelRegistryTests {
    private static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let sources = project.appendingPathComponent("Sources/CommandModels")
    private static let tests = project.appendingPathComponent("Tests/CommandModelsTests")

    /// The types that are declared as models, with the folder and the file of each.
    private func declared() throws -> [(type: String, folder: String, file: String)] {
        var result: [(type: String, folder: String, file: String)] = []
        let manager = FileManager.default
        for folder in try manager.contentsOfDirectory(atPath: Self.sources.path) where !folder.hasSuffix(".swift") {
            let place = Self.sources.appendingPathComponent(folder)
            for file in try manager.contentsOfDirectory(atPath: place.path) where file.hasSuffix(".swift") {
                let text = try String(contentsOf: place.appendingPathComponent(file), encoding: .utf8)
                // The kinds of models that share a protocol are those that refine it.
                let models =
                    /(?m)^(?:package |public )?(?:enum|struct) (\w+): (?:CommandModel|AccountProgram|GrepProgram|Launcher|StepDown)\b/
                for match in text.matches(of: models) {
                    result.append((String(match.1), folder, String(file.dropLast(".swift".count))))
                }
            }
        }
        return result
    }

    private var registered: [String] { CommandModelRegistry.all.map { String(describing: $0) } }

    @Test("every model that stands in a folder is registered, and nothing else")
    func complete() throws {
        #expect(try Set(declared().map(\.type)) == Set(registered))
        #expect(Set(registered).count == registered.count)
    }

    @Test("the list is sorted, so that a newcomer has one place")
    func sorted() { #expect(registered == registered.sorted()) }

    @Test("a model's file has the type's name, and so has its test")
    func files() throws {
        for (type, folder, file) in try declared() {
            #expect(type == file, "\(folder)/\(file).swift declares \(type)")
            let test = Self.tests.appendingPathComponent("\(folder)/\(type)Tests.swift")
            #expect(FileManager.default.fileExists(atPath: test.path), "no \(folder)/\(type)Tests.swift")
        }
    }

    @Test("what is shared is no model, and a folder of programs is named after where they come from")
    func folders() throws {
        for (type, folder, _) in try declared() {
            #expect(folder != "Shared", "\(type)")
            #expect(folder == folder.lowercased(), "\(folder)")
        }
    }

    @Test("a name belongs to one model among the programs of one flavor", arguments: ProgramFlavor.allCases)
    func names(flavor: ProgramFlavor) {
        var owners: [String: String] = [:]
        for model in CommandModelRegistry.all where model.flavors.contains(flavor) {
            for name in model.names {
                let before = owners.updateValue(String(describing: model), forKey: name)
                #expect(before == nil, "\(name) is \(before ?? "")'s and \(model)'s")
            }
        }
    }
}
