// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import BaseImages

@Suite("The label of what is not known")
struct UnknownLabelTests {
    @Test("says it so that it can be read back, places with odd names included")
    func roundTrip() {
        let all = [
            Unknown(reason: "one: two", scope: .application),
            Unknown(reason: "three", scope: .files, paths: ["/opt/a b", "/x(1)", "/é:%"]),
            Unknown(reason: "four", scope: .systemPackages),
            Unknown(reason: "five", scope: .files, paths: ["/"]),
            Unknown(reason: "six", scope: .packages, spared: ["/etc/os-release", "/a !b"]),
        ]
        let text = UnknownLabel.text(all)
        #expect(text.split(separator: "\n").count == all.count)
        #expect(UnknownLabel.unknowns(text) == all)
    }

    /// A line, and the scope and paths that it stands for.
    static let lines: [(line: String, scope: Unknown.Scope, paths: [String])] = [
        ("files: x", .files, ["/"]), ("packages: of an older version", .packages, ["/"]),
        ("files(/a /b): x", .files, ["/a", "/b"]),
        ("nonsense", .filesystem, ["/"]), ("nonesuch: x", .filesystem, ["/"]), ("files(a): x", .filesystem, ["/"]),
        ("files(/%zz): x", .filesystem, ["/"]), ("files(/%+1): x", .filesystem, ["/"]),
        ("files(/a: x", .filesystem, ["/"]), ("files(/ !/a): x", .files, ["/"]), ("files(/ !a): x", .filesystem, ["/"]),
        ("files(): x", .files, []), (": x", .filesystem, ["/"]),
    ]

    @Test("takes what it cannot read for the widest", arguments: lines)
    func line(line: String, scope: Unknown.Scope, paths: [String]) {
        let found = UnknownLabel.unknowns(line)
        #expect(found.map(\.scope) == [scope] && found.first?.paths == paths)
    }
}
