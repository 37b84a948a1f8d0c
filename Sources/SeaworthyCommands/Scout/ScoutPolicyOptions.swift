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

    @Option(
        name: .customLong("policy-config"),
        help: "A JSON file that says which policies are judged, with which weight and parameters."
    )
    var configuration: String?

    @Option(name: .customLong("policy-file"), help: "A policy in Rego; not carried out here. Repeatable.")
    var files: [String] = []

    @Option(name: .customLong("policy-dir"), help: "A folder of policies in Rego; not carried out here. Repeatable.")
    var folders: [String] = []

    @Option(name: .customLong("policy-bundle"), help: "A bundle of policies in Rego; not carried out here. Repeatable.")
    var bundles: [String] = []

    /// The profile with the policies that were asked for.
    func profile(_ runtime: Runtime) throws -> PolicyProfile {
        guard (files + folders + bundles).isEmpty else {
            throw Failure(
                .unavailable,
                "policies in Rego are not carried out here",
                at: .option(files.isEmpty ? folders.isEmpty ? "--policy-bundle" : "--policy-dir" : "--policy-file"),
                fix: "set the built-in ones with --policy-config FILE, or choose them with --policy-profile current"
            )
        }
        guard let all = PolicyProfile.named(profileName) else {
            throw Failure(
                .usage,
                "there is no such policy profile",
                at: .option("--policy-profile \(profileName)"),
                fix: "use " + PolicyProfile.all.map(\.name).joined(separator: " or ")
            )
        }
        let names = only.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
        guard let chosen = all.only(names) else {
            let titles = Set(PolicyProfile.all.flatMap(\.policies).map { "\"\($0.title)\"" }).sorted()
            throw Failure(
                .usage,
                "no policy has that name",
                at: .option("--only-policy \(only.joined(separator: ","))"),
                fix: "the policies are " + titles.joined(separator: ", ")
            )
        }
        guard let configuration else { return chosen }
        do {
            return try PolicyConfiguration(runtime.read(configuration), limits: runtime.limits)
                .applied(to: chosen)
        } catch let failure as Failure where failure.place == nil {
            throw Failure(failure.reason, failure.what, at: .file(configuration), why: failure.why, fix: failure.fix)
        }
    }
}
