// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImagePolicies
import SeaworthyTestSupport
import Testing

@testable import SeaworthyCommands

@Suite("Which policies scout judges")
struct ScoutPolicyOptionsTests {
    static let chosen: [(arguments: [String], profile: String, titles: [String]?)] = [
        ([], "classic", nil), (["--policy-profile", "classic"], "classic", nil),
        (["--policy-profile", "current"], "current", nil),
        (["--only-policy", "no-copyleft-licenses"], "classic", ["No copyleft licenses"]),
        (["--only-policy", "No copyleft licenses"], "classic", ["No copyleft licenses"]),
        (["--only-policy", "copyleft-license"], "classic", ["No AGPL v3 licenses"]),
        (["--only-policy", "Image runs as the root user"], "classic", ["Default non-root user"]),
        (["--policy-profile", "current", "--only-policy", "no agpl v3 licenses"], "current", ["No AGPL v3 licenses"]),
        (["--policy-profile", "current", "--only-policy", "copyleft-license"], "current", ["No copyleft licenses"]),
        (
            ["--policy-profile=current", "--only-policy", "Image runs as the root user"], "current",
            ["Default non-root user"]
        ),
        (
            ["--only-policy", "Supply chain attestations , default-non-root-user"], "classic",
            ["Default non-root user", "Supply chain attestations"]
        ),
    ]

    @Test("are the tutorial's unless another profile or single ones are asked for", arguments: chosen)
    func chooses(arguments: [String], profile: String, titles: [String]?) throws {
        let scratch = try ScratchFolder()
        let found = try ScoutPolicyOptions.parse(arguments).profile(TestRuntime.make(scratch))
        #expect(found.name == profile)
        #expect(found.policies.map(\.title) == (titles ?? PolicyProfile.named(profile)?.policies.map(\.title)))
    }

    @Test(
        "are refused by a name that nobody has",
        arguments: [
            ["--policy-profile", "newest"], ["--policy-profile", ""], ["--only-policy", "nonsense"],
            ["--only-policy", "default-non-root-user", "--only-policy", "nonsense"], ["--policy-file", "a.rego"],
            ["--policy-dir", "a"], ["--policy-bundle", "dhi/policies:latest"], ["--policy-config", "missing.json"],
        ]
    )
    func refuses(arguments: [String]) throws {
        let options = try ScoutPolicyOptions.parse(arguments)
        let scratch = try ScratchFolder()
        #expect(throws: Failure.self) { try options.profile(TestRuntime.make(scratch)) }
    }

    @Test("are set by a configuration file, whose place a failure names")
    func configuration() throws {
        let scratch = try ScratchFolder()
        let file = try scratch.write(
            "policies.json",
            Array(#"{"policies":[{"name":"default-non-root-user","enabled":false}]}"#.utf8)
        )
        let runtime = TestRuntime.make(scratch)
        let options = try ScoutPolicyOptions.parse(["--policy-config", file])
        #expect(try options.profile(runtime).policies.count == 6)
        let broken = try scratch.write("broken.json", Array(#"{"policies":[{"name":"nonsense"}]}"#.utf8))
        let failure = #expect(throws: Failure.self) {
            try ScoutPolicyOptions.parse(["--policy-config", broken]).profile(runtime)
        }
        #expect(failure?.code == .malformedInput && failure?.place == .file(broken))
    }
}
