// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import ImagePolicies

/// Which policies a command judges.
struct ScoutPolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("only-policy"),
        help: "Only these policies, by title or id; joined by commas. Repeatable."
    )
    var only: [String] = []

    /// The profile with the policies that were asked for.
    func profile() throws -> PolicyProfile {
        let names = only.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
        guard let profile = PolicyProfile.classic.only(names) else {
            let ids = PolicyProfile.classic.policies.map { "\"\($0.title)\"" }.joined(separator: ", ")
            throw Failure(
                .usage,
                "no policy has that name",
                at: .option("--only-policy \(only.joined(separator: ","))"),
                fix: "the policies are \(ids)"
            )
        }
        return profile
    }
}
