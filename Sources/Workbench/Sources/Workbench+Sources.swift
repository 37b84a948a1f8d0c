// SPDX-License-Identifier: Apache-2.0

package import ImageAnalysis
package import ImagePolicies
package import OCISpec

extension Workbench {
    /// Finds what was typed: an image, a folder, or a list of packages.
    ///
    /// - Parameters:
    ///   - reference: which image of an archive with several; nil means the only one.
    ///   - platform: must be there; nil means the host's, else the first.
    /// - Throws: a `Failure`: `usage` for a text that can name nothing, `noInput` when there is no such thing, and what reading
    ///   throws.
    package func source(_ text: String, reference: String? = nil, platform: Platform? = nil) throws -> Source {
        let (provider, rest) = try SourceRegistry.provider(for: text)
        return try provider.find(
            SourceRequest(text: text, rest: rest, reference: reference, platform: platform),
            on: self
        )
    }

    /// Analyses what was typed.
    ///
    /// - Throws: a `Failure` when there is no such thing, or it cannot be read.
    package func analyze(
        _ text: String,
        reference: String? = nil,
        platform: Platform? = nil,
        profile: PolicyProfile = .classic,
        vex: VEXRules = VEXRules()
    ) throws -> AnalysisReport {
        var analyzer = try analyzer()
        analyzer.vex = vex
        switch try source(text, reference: reference, platform: platform) {
        case .image(let found): return try analyzer.analyze(found.image, name: found.name, profile: profile)
        case .folder(let files, let name): return try analyzer.analyze(folder: files, name: name, profile: profile)
        case .packages(let document, let name, let digest):
            return try analyzer.analyze(document, name: name, digest: digest, profile: profile)
        }
    }
}
