// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// Which documents an image has to carry: what `attestations` and `image-attestations` are told, and how both judge it.
struct AttestationDemand: CheckParameters {
    /// The least that the provenance has to say.
    enum Provenance: String, Sendable, CaseIterable {
        case max, min
        case unasked = "none"
    }

    private static let sbomKey = CheckParameter.truth("sbom", "Whether an SBOM is asked for; `true` when left out.")
    private static let provenanceKey = CheckParameter<Provenance>.word(
        "provenance",
        "The least mode of the provenance; `max` when left out, and with `none` it is not asked for."
    )
    static let documentation = [sbomKey.optional, provenanceKey.optional]

    let asksForSBOM: Bool
    let provenance: Provenance

    init(_ reader: ParameterReader) throws(ParameterProblem) {
        asksForSBOM = try reader.value(Self.sbomKey, default: true).value
        let mode = try reader.value(Self.provenanceKey, default: .max)
        provenance = mode.value
        if !asksForSBOM, provenance == .unasked {
            throw ParameterProblem(
                "This check asks for nothing: neither an SBOM nor provenance.",
                at: mode.place,
                fix: "Ask for one of them."
            )
        }
    }

    /// Judges what is attached to an image.
    ///
    /// - Parameters:
    ///   - provenanceMode: `min`, `max`, another word for provenance whose mode is not known; nil for no provenance.
    ///   - isPredicted: whether nothing is attached yet, because the image was not built.
    func judge(hasSBOM: Bool, provenanceMode: String?, name: String, isPredicted: Bool = false) -> Judgement {
        let found =
            "\(hasSBOM ? "an SBOM" : "no SBOM") and \(provenanceMode.map { "provenance in \($0) mode" } ?? "no provenance")"
        let evidence = [Evidence(kind: .attestation, file: name, detail: found)]
        var missing: [String] = []
        if asksForSBOM, !hasSBOM { missing.append("an SBOM") }
        switch (provenance, provenanceMode) {
        case (.unasked, _), (.min, _?), (.max, "max"?): break
        case (.min, nil), (.max, nil): missing.append("provenance")
        case (.max, "min"?): missing.append("provenance in max mode (it has mode=min)")
        case (.max, _?):
            guard missing.isEmpty else { break }
            return Judgement(
                .unknown,
                "The mode of the provenance of \(name) cannot be told.",
                found: found,
                evidence: evidence
            )
        }
        guard !missing.isEmpty else {
            return Judgement(.passed, attached(isPredicted), found: found, evidence: evidence)
        }
        return Judgement(
            .failed,
            "\(name.prefix(1).uppercased() + name.dropFirst()) lacks \(missing.joined(separator: " and ")).",
            found: found,
            evidence: evidence
        )
    }

    /// What is said when all that is asked for is there, or will be when the image is built.
    private func attached(_ isPredicted: Bool) -> String {
        let (verb, plural) = isPredicted ? ("would be", "would be") : ("is", "are")
        switch (asksForSBOM, provenance) {
        case (true, .max): return "An SBOM and provenance in max mode \(plural) attached."
        case (true, .min): return "An SBOM and provenance \(plural) attached."
        case (_, .unasked): return "An SBOM \(verb) attached."
        case (false, .max): return "Provenance in max mode \(verb) attached."
        case (false, .min): return "Provenance \(verb) attached."
        }
    }
}
