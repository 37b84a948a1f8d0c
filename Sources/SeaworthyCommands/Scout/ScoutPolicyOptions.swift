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

    @Option(
        name: .customLong("policy-profile"),
        help: "The set of policies: classic, as the tutorial shows them, or current, those of Docker Scout since 2026."
    )
    var profileName: String = PolicyProfile.classic.name

    /// The profile with the policies that were asked for.
    func profile() throws -> PolicyProfile {
        guard let all = PolicyProfile.named(profileName) else {
            throw Failure(
                .usage,
                "there is no such policy profile",
                at: .option("--policy-profile \(profileName)"),
                fix: "use " + PolicyProfile.all.map(\.name).joined(separator: " or ")
            )
        }
        let names = only.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
        guard let profile = all.only(names) else {
            let ids = all.policies.map { "\"\($0.title)\"" }.joined(separator: ", ")
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
