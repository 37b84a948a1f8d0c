// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import ImagePolicies

@Suite("Policy configuration files")
struct PolicyConfigurationTests {
    static func apply(_ text: String, to profile: PolicyProfile = .current) throws -> PolicyProfile {
        try PolicyConfiguration(Array(text.utf8), limits: .standard).applied(to: profile)
    }

    @Test("say which policies are judged, with which weight and parameters, in Docker Scout's words or ours")
    func applied() throws {
        let profile = try Self.apply(
            #"""
            {"debug":false,"policies":[
              {"name":"no-copyleft-licenses","enabled":false},
              {"name":"fixable-vulnerabilities","weight":0,"config":{"severities":["CRITICAL"],"fixable_only":false,"package_types":[],"grace_period_days":7}},
              {"name":"high-profile-vulnerabilities","weight":40,"config":{"cves":["CVE-1"],"ignored_cves":["CVE-2"],"include_cisa_kev":false}},
              {"name":"Up-to-Date Base Images"},
              {"name":"approved-base-images","config":{"allowed_base_images":["docker.io/*"],"supported-tags":false}}
            ]}
            """#
        )
        #expect(profile.policies.count == 6)
        #expect(!profile.policies.contains { $0.id == "copyleft-license" })
        let fixable = try #require(profile.policies.first { $0.id == "fixable-vulnerabilities" })
        #expect(fixable.values["severities"] == .texts(["CRITICAL"]))
        #expect(fixable.values["fixable-only"] == .flag(false))
        #expect(fixable.values["grace-period-days"] == .number(7))
        let high = try #require(profile.policies.first { $0.id == "high-profile-vulnerabilities" })
        #expect(high.values["vulnerabilities"] == .texts(["CVE-1"]) && high.values["ignored"] == .texts(["CVE-2"]))
        let approved = try #require(profile.policies.first { $0.id == "approved-base-images" })
        #expect(approved.values["sources"] == .texts(["docker.io/*"]))
        let results = profile.judge(Sample().input).results
        #expect(results.first { $0.id == "fixable-vulnerabilities" }?.weight == 0)
        #expect(results.first { $0.id == "high-profile-vulnerabilities" }?.weight == 40)
    }

    @Test(
        "that name nothing leave a profile as it is",
        arguments: [#"{"policies":[]}"#, #"{"policies":[],"debug":true}"#]
    )
    func nothing(text: String) throws {
        #expect(try Self.apply(text).policies.count == 7)
    }

    @Test(
        "are refused when they are not what they should be",
        arguments: rows([
            "", "{", "[]", "{}", #"{"policies":{}}"#, #"{"policies":[7]}"#, #"{"policies":[{}]}"#,
            #"{"policies":[{"name":"nonsense"}]}"#, #"{"policies":[{"name":"default-non-root-user","weight":-1}]}"#,
            #"{"policies":[{"name":"default-non-root-user","weight":"much"}]}"#,
            #"{"policies":[{"name":"default-non-root-user","config":{"x":1}}]}"#,
            #"{"policies":[{"name":"fixable-vulnerabilities","config":{"severities":["terrible"]}}]}"#,
            #"{"policies":[{"name":"fixable-vulnerabilities","config":{"severities":[1]}}]}"#,
            #"{"policies":[{"name":"fixable-vulnerabilities","config":{"fixable_only":{}}}]}"#,
            #"{"policies":[{"name":"approved-base-images","config":{"allowed_distros":["debian"]}}]}"#,
        ])
    )
    func refuses(row: NumberedRow<String>) {
        let failure = #expect(throws: Failure.self) { try Self.apply(row.value) }
        #expect(failure?.code == .malformedInput)
    }

    @Test("over the limits are refused")
    func limits() {
        var limits = Limits.standard
        limits.entryBytes = 10
        let failure = #expect(throws: Failure.self) {
            try PolicyConfiguration(Array(#"{"policies":[]}"#.utf8), limits: limits)
        }
        #expect(failure?.code == .overLimit)
    }
}
