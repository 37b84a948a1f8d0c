// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// The image is smaller than a base image was, by the sizes recorded of the real images.
enum SmallerThan: CheckKind {
    static let name = "smaller-than"
    static let claim = "The image is smaller than a base image was, by the sizes recorded of the real images."
    static let needs: Set<CheckNeed> = [.work, .image]
    static let example = "base: node:lts-slim"

    struct Parameters: CheckParameters {
        private static let baseKey = CheckParameter.image("base", "The base image to compare with.")
        static let documentation = [baseKey.required]

        let base: Placed<NamedImage>

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            base = try reader.value(Self.baseKey)
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        let text = parameters.base.value.text
        guard let analysis = input.analysis else { return work.buildStopped ?? work.notBuilt }
        guard let before = input.sizeOfBase(parameters.base.value.reference.withDefaultTag) else {
            return Judgement(.unknown, "No size is recorded of \(text), so there is nothing to compare with.")
        }
        guard analysis.size.isRecorded else {
            return Judgement(.unknown, "No size is recorded of the image that this one is built on.")
        }
        let after = analysis.size.bytes
        let percent = Int((Double(before.sizeBytes - after) / Double(max(before.sizeBytes, 1)) * 100).rounded())
        let source = analysis.size.recordedOf.map { Self.source($0, isOfRelative: analysis.size.isOfRelative) } ?? ""
        let found = "\(Self.megabytes(after))\(source), \(text) has \(Self.megabytes(before.sizeBytes))"
        let evidence = [
            Evidence(kind: .image, detail: "sizes are the recorded compressed sizes of the real images: \(found)")
        ]
        guard after < before.sizeBytes else {
            return Judgement(.failed, "The image is not smaller than \(text).", found: found, evidence: evidence)
        }
        if let place = Self.unweighed(work) {
            return Judgement(
                .unknown,
                "\(place) came from elsewhere, maybe with more, and no size is recorded of that.",
                found: found,
                evidence: evidence
            )
        }
        return Judgement(
            .passed,
            "The image shrank by \(analysis.size.isOfRelative ? "about " : "")\(percent) %: \(Self.megabytes(before.sizeBytes)) → \(Self.megabytes(after))\(source).",
            found: found,
            evidence: evidence
        )
    }

    /// Whose size it is: a relative's says little more than the order of magnitude.
    private static func source(_ image: String, isOfRelative: Bool) -> String {
        isOfRelative
            ? ", the size recorded of its nearest relative \(image); none is recorded of this base image"
            : " (size recorded of \(image))"
    }

    /// A program or other file that the last stage brings in and whose size nobody recorded.
    private static func unweighed(_ work: WorkEvidence) -> ImagePath? {
        guard let state = work.finalState else { return nil }
        for layer in state.layers {
            if let copied = layer.copied, let from = copied.from, work.stageIndex(from, before: state.index) == nil,
                state.unknowns.contains(where: { $0.range == layer.range && $0.touches(.files) })
            {
                return ImagePath(copied.destination)
            }
            for change in layer.changes {
                switch change.node?.kind {
                case .file(.modelled(0, _?)), .file(.unknown): return change.path
                default: continue
                }
            }
        }
        return nil
    }

    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
