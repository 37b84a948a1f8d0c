// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import Foundation
import Testing

@testable import ImagePolicies

/// What is asked of every policy, by the type's name.
@Suite("Every policy")
struct PolicyCompatibilityTests {
    static let names = PolicyRegistry.all.map { "\($0)" }

    static func policy(_ name: String) throws -> any ImagePolicy.Type {
        try #require(PolicyRegistry.all.first { "\($0)" == name })
    }

    @Test("stands in a file of its name, has a test file of its name, and both folders hold nothing else")
    func registry() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let sources = tests.appendingPathComponent("../../Sources/ImagePolicies/Policies").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
        #expect(files == Self.names.map { $0 + ".swift" })
        let suites = try FileManager.default.contentsOfDirectory(atPath: tests.path + "/Policies").sorted()
        #expect(suites == Self.names.map { $0 + "Tests.swift" })
        #expect(Self.names == Self.names.sorted())
    }

    @Test("has an id in small letters with hyphens", arguments: names)
    func id(name: String) throws {
        let id = try Self.policy(name).id
        #expect(id.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
    }

    @Test("shares no id, title or alias with another")
    func unique() {
        var owners: [String: String] = [:]
        for type in PolicyRegistry.all {
            let policy = type.init()
            for name in Set([policy.id, policy.title, policy.failingTitle] + type.aliases + policy.ownAliases).map({
                $0.lowercased()
            }) {
                #expect(owners.updateValue(policy.id, forKey: name) == nil, "\(name)")
            }
            #expect(policy.title != policy.failingTitle)
        }
    }

    @Test("is found by its id, its titles and its aliases, whatever their capitals", arguments: names)
    func isNamed(name: String) throws {
        let type = try Self.policy(name)
        let policy = type.init()
        for name in [policy.id, policy.title, policy.failingTitle] + type.aliases + policy.ownAliases {
            #expect(policy.isNamed(name.uppercased()))
        }
        #expect(!policy.isNamed(""))
        #expect(!policy.isNamed("nonsense"))
    }

    @Test("needs a facet, and looks at none twice", arguments: names)
    func facets(name: String) throws {
        let type = try Self.policy(name)
        #expect(!type.needs.isEmpty)
        #expect(type.needs.isDisjoint(with: type.consults))
    }

    /// Images that meet everything, nothing, and something.
    static let samples: [Sample] = [
        Sample(),
        Sample.with {
            $0.user = nil
            $0.packages = [Sample.package("x", "1", ["AGPL-3.0-only"])]
            $0.matches = [Sample.match("CVE-2024-3094", .critical)]
            $0.attestations = .none
            $0.base = Sample.base("node:20-alpine", Sample.digest(5))
        },
        Sample.with {
            $0.packages = []
            $0.base = .scratch
            $0.facts = nil
        },
    ]

    @Test("has no data, and is never met or failed, where a facet that it needs is missing", arguments: names)
    func missing(name: String) throws {
        let policy = try Self.policy(name).init()
        for facet in policy.facets {
            for sample in Self.samples.indices {
                let result = policy.result(for: Self.samples[sample].missing([facet: "nobody looked"]))
                if type(of: policy).needs.contains(facet) {
                    #expect(result.state == .unknown, "\(facet), sample \(sample)")
                    #expect(result.cell == .noData)
                    #expect(result.noDataReason == "nobody looked")
                }
            }
        }
    }

    @Test("does not care for a facet that its answer does not rest on", arguments: names)
    func indifference(name: String) throws {
        let policy = try Self.policy(name).init()
        let others = Facet.allCases.filter { !policy.facets.contains($0) }
        for sample in Self.samples {
            let missing = Dictionary(uniqueKeysWithValues: others.map { ($0, "nobody looked") })
            #expect(policy.result(for: sample.missing(missing)) == policy.result(for: sample.input))
        }
    }

    @Test("says why with evidence, and what to do unless it is met", arguments: names)
    func answers(name: String) throws {
        let policy = try Self.policy(name).init()
        for sample in Self.samples {
            let result = policy.result(for: sample.input)
            #expect(!result.evidence.isEmpty)
            #expect((result.remediation == nil) == (result.state == .passed))
            if let remediation = result.remediation {
                #expect(remediation.hasSuffix(".") && remediation.first?.isUppercase == true)
            }
            #expect(result.deviations.isEmpty == (result.state != .failed))
            #expect((result.noDataReason == nil) == (result.state != .unknown))
            #expect(result.title == (result.state == .failed ? policy.failingTitle : policy.title))
        }
    }

    @Test("documents its parameters, and takes the default of each and nothing outside its range", arguments: names)
    func parameters(name: String) throws {
        let policy = try Self.policy(name).init()
        let documentation = type(of: policy).documentation
        #expect(Set(documentation.map(\.name)).count == documentation.count)
        for parameter in documentation {
            #expect(parameter.name.wholeMatch(of: /[a-z]+(-[a-z0-9]+)*/) != nil)
            #expect(parameter.summary.count > 10)
            #expect(policy.values[parameter.name] == parameter.defaultValue)
            for (value, isTaken) in Self.values(of: parameter) {
                do throws(PolicyParameterError) {
                    let changed = try policy.setting([parameter.name: value])
                    #expect(isTaken && changed.values[parameter.name] == value, "\(parameter.name): \(value)")
                } catch {
                    #expect(!isTaken, "\(parameter.name): \(value)")
                    #expect(error == .wrongValue(name: parameter.name, value))
                }
            }
        }
        #expect(throws: PolicyParameterError.unknownName("nonsense")) {
            try policy.setting(["nonsense": .flag(true)])
        }
    }

    private static func values(of parameter: PolicyParameterDocumentation) -> [(PolicyValue, isTaken: Bool)] {
        switch parameter.range {
        case .flag: [(.flag(true), true), (.flag(false), true), (.text("true"), false), (.texts(["true"]), false)]
        case .number(let range):
            [
                (.number(range.lowerBound), true), (.number(range.upperBound), true),
                (.number(range.upperBound + 1), false), (.number(range.lowerBound - 1), false), (.text("1"), false),
                (.flag(true), false),
            ]
        case .oneOf(let words):
            words.map { (.text($0), true) } + [(.text("nonsense"), false), (.text(""), false), (.flag(true), false)]
        case .someOf(let words):
            [
                (.texts(words), true), (.texts(Array(words.prefix(1))), true), (.texts([]), false),
                (.texts(words + ["nonsense"]), false), (.text(words[0]), false),
            ]
        case .texts:
            [(.texts(["a", "b"]), true), (.texts([]), false), (.texts([""]), false), (.text("a"), false)]
        }
    }
}
