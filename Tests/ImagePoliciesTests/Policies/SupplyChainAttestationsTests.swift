// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import ImagePolicies

@Suite("Supply chain attestations")
struct SupplyChainAttestationsTests {
    typealias Presence = AttestationSummary.Presence
    typealias Mode = AttestationSummary.ProvenanceMode

    @Test(
        "An SBOM and provenance in max mode, both about this image",
        arguments: [
            (Presence.present, Presence.present, Mode.max, Verdict.passed, 0), (.present, .present, .min, .failed, 1),
            (.absent, .present, .max, .failed, 1), (.present, .absent, nil, .failed, 1),
            (.absent, .absent, nil, .failed, 2),
            (.absent, .present, .min, .failed, 2), (.ofAnotherImage, .present, .max, .failed, 1),
            (.present, .ofAnotherImage, .max, .failed, 1), (.present, .present, nil, .unknown, 0),
            (.absent, .present, nil, .failed, 1), (.unreadable, .present, .max, .unknown, 0),
            (.empty, .present, .max, .failed, 1), (.present, .unreadable, nil, .unknown, 0),
            (.present, .empty, .min, .failed, 1), (.unreadable, .absent, nil, .failed, 1),
            (.unreadable, .unreadable, nil, .unknown, 0), (.empty, .unreadable, nil, .failed, 1),
        ] as [(Presence, Presence, Mode?, Verdict, Int)]
    )
    func attestations(sbom: Presence, provenance: Presence, mode: Mode?, state: Verdict, deviations: Int) throws {
        let sample = Sample.with {
            $0.attestations = AttestationSummary(sbom: sbom, provenance: provenance, provenanceMode: mode)
        }
        let result = try #require(sample.judge("supply-chain-attestations"))
        #expect(result.state == state)
        #expect(result.deviations.count == deviations)
        #expect(result.cell == (state == .unknown ? .noData : .count(deviations, unit: "deviation")))
        if state == .failed { #expect(result.remediation?.contains("--") == true) }
    }

    @Test("What cannot be read is said with its reason")
    func reason() throws {
        let sample = Sample.with {
            $0.attestations = AttestationSummary(
                sbom: .unreadable,
                provenance: .present,
                provenanceMode: .max,
                unreadableReason: "it is neither SPDX nor anything"
            )
        }
        let result = try #require(sample.judge("supply-chain-attestations"))
        #expect(result.noDataReason?.hasSuffix(": it is neither SPDX nor anything") == true)
    }
}
