// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImagePolicies
import Testing

@testable import SeaworthyCommands

@Suite("Which policies scout judges")
struct ScoutPolicyOptionsTests {
    static let chosen: [(arguments: [String], profile: String, titles: [String]?)] = [
        ([], "classic", nil), (["--policy-profile", "classic"], "classic", nil),
        (["--policy-profile", "current"], "current", nil),
        (["--only-policy", "no-copyleft-licenses"], "classic", ["No AGPL v3 licenses"]),
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
        let found = try ScoutPolicyOptions.parse(arguments).profile()
        #expect(found.name == profile)
        #expect(found.policies.map(\.title) == (titles ?? PolicyProfile.named(profile)?.policies.map(\.title)))
    }

    @Test(
        "are refused by a name that nobody has",
        arguments: [
            ["--policy-profile", "newest"], ["--policy-profile", ""], ["--only-policy", "nonsense"],
            ["--only-policy", "Image runs as the root user"],
        ]
    )
    func refuses(arguments: [String]) throws {
        let options = try ScoutPolicyOptions.parse(arguments)
        #expect(throws: Failure.self) { try options.profile() }
    }
}
