// SPDX-License-Identifier: Apache-2.0

// Source: Docker Scout's documentation of local policies, `--policy-config`.

public import Diagnostics
import JSONValues

/// What a configuration file says of policies: which are judged, with which weight and which parameters.
///
/// Shape: `{"policies":[{"name":ID,"enabled":bool,"weight":n,"config":{…}}]}`. Policies that it does not name stay as they are. The
/// keys of `config` are the parameters' names, with hyphens or underscores, or those of Docker Scout.
public struct PolicyConfiguration: Sendable {
    private let entries: [Entry]

    private struct Entry {
        let name: String
        let isEnabled: Bool
        let weight: Int?
        let values: [(key: String, value: JSONValue)]
    }

    /// Docker Scout's keys that are not our names with underscores.
    private static let keys = [
        "cves": "vulnerabilities", "ignored-cves": "ignored", "include-cisa-kev": "known-exploited",
        "allowed-base-images": "sources", "allowed-distros-only": "supported-distributions",
    ]

    /// Reads a file.
    ///
    /// - Throws: a `Failure` with code `malformedInput` or `overLimit`.
    public init(_ bytes: [UInt8], limits: Limits) throws {
        guard bytes.count <= limits.entryBytes else {
            throw Failure(.overLimit, "the policy configuration is larger than \(limits.entryBytes) bytes")
        }
        let root: JSONValue
        do {
            root = try JSONValue(parsing: bytes, depth: limits.depth)
        } catch {
            throw Self.malformed(error.description)
        }
        guard let list = root["policies"]?.array else { throw Self.malformed("it has no list \"policies\"") }
        entries = try list.enumerated().map { place, entry in
            guard let name = entry["name"]?.string, !name.isEmpty else {
                throw Self.malformed("policies[\(place)] has no \"name\"")
            }
            if let weight = entry["weight"], weight.int.map({ $0 < 0 || $0 > 1_000 }) ?? true {
                throw Self.malformed("the weight of \(name) is no whole number from 0 to 1000")
            }
            return Entry(
                name: name,
                isEnabled: entry["enabled"]?.bool ?? true,
                weight: entry["weight"]?.int,
                values: (entry["config"]?.object?.members ?? []).map { ($0.name, $0.value) }
            )
        }
    }

    /// A profile as the file sets it.
    ///
    /// - Throws: a `Failure` with code `malformedInput` for a policy or a parameter that there is not.
    public func applied(to profile: PolicyProfile) throws -> PolicyProfile {
        var policies = profile.policies
        var weights: [String: Int] = [:]
        for entry in entries {
            guard let place = policies.firstIndex(where: { $0.isNamed(entry.name) }) else {
                let isKnown = profile.policies.contains { $0.isNamed(entry.name) }
                if isKnown { continue }
                throw Self.malformed(
                    "no policy is called \(entry.name)",
                    fix: "the policies are " + profile.policies.map(\.id).joined(separator: ", ")
                )
            }
            guard entry.isEnabled else {
                policies.remove(at: place)
                continue
            }
            policies[place] = try Self.set(entry, on: policies[place])
            if let weight = entry.weight { weights[policies[place].id] = weight }
        }
        return profile.with(policies, weights: weights)
    }

    private static func set(_ entry: Entry, on policy: some ImagePolicy) throws -> any ImagePolicy {
        var values: [String: PolicyValue] = [:]
        for (written, json) in entry.values {
            let hyphenated = written.replacing("_", with: "-")
            let key = keys[hyphenated] ?? hyphenated
            // An empty list sets nothing: Docker Scout writes it for "all".
            if json.array?.isEmpty ?? false { continue }
            guard let value = value(json) else { throw malformed("\(entry.name): \(written) has a value of no kind") }
            values[key] = value
        }
        do throws(PolicyParameterError) {
            return try policy.setting(values)
        } catch {
            let names = type(of: policy).documentation.map(\.name).joined(separator: ", ")
            switch error {
            case .unknownName(let name):
                throw malformed(
                    "\(policy.id) has no parameter \(name)",
                    fix: names.isEmpty ? "it has none" : "its parameters are \(names)"
                )
            case .wrongValue(let name, let value):
                throw malformed("\(policy.id) does not take \(value) for \(name)")
            }
        }
    }

    private static func value(_ json: JSONValue) -> PolicyValue? {
        if let flag = json.bool { return .flag(flag) }
        if let number = json.int { return .number(number) }
        if let text = json.string { return .text(text) }
        guard let texts = json.array?.map(\.string), texts.allSatisfy({ $0 != nil }) else { return nil }
        return .texts(texts.compactMap(\.self))
    }

    private static func malformed(_ why: String, fix: String? = nil) -> Failure {
        Failure(.malformedInput, "cannot read the policy configuration", why: why.harmless, fix: fix)
    }
}
