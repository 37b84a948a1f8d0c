// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// An image of a repository, whoever's namespace, is in the local store.
enum ImageBuilt: CheckKind {
    static let name = "image-built"
    static let claim = "An image of a repository, whoever's namespace, is in the local store."
    static let needs: Set<CheckNeed> = [.images, .work]
    static let example = "repository: memes-r-us\ntag: updated\ncurrent: true"

    struct Parameters: CheckParameters {
        private static let repositoryKey = CheckParameter.text(
            "repository",
            "The repository; the namespace in front of it may be anybody's."
        )
        private static let tagKey = CheckParameter.text("tag", "The tag; any, when it is left out.")
        private static let currentKey = CheckParameter.truth(
            "current",
            "Whether it has to be built from the Dockerfile as it is now; `false` when left out."
        )
        static let imageDocumentation = [repositoryKey.required, tagKey.optional]
        static let documentation = imageDocumentation + [currentKey.optional]

        let image: WantedImage
        let isCurrent: Bool

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            isCurrent = try reader.value(Self.currentKey, default: false).value
            image = WantedImage(
                repository: try reader.value(Self.repositoryKey).value,
                tag: try reader.optional(Self.tagKey)?.value
            )
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        guard let image = find(parameters.image, input) else {
            let others = (input.record?.images ?? []).map { "\($0.repository):\($0.tag)" }
            return Judgement(.failed, found: others.isEmpty ? "No image at all" : others.joined(separator: ", "))
        }
        let name = "\(image.repository):\(image.tag)"
        if parameters.isCurrent, let work = input.work, let source = image.dockerfile,
            source != work.source
        {
            return Judgement(
                .failed,
                "The image \(name) is older than the Dockerfile; build it again.",
                found: "\(name), built from another Dockerfile",
                evidence: [
                    Evidence(kind: .image, file: name, detail: "its provenance holds another Dockerfile"),
                    Evidence(kind: .dockerfile, in: work.path, detail: "changed since that build"),
                ]
            )
        }
        return Judgement(
            .passed,
            "The image \(name) is there.",
            found: name,
            evidence: [Evidence(kind: .image, file: name, detail: "in the local store")]
        )
    }

    static func wantedImage(_ parameters: Parameters) -> WantedImage? { parameters.image }

    /// The latest image of the local store that is meant.
    static func find(_ wanted: WantedImage, _ input: CheckInput) -> LearnerRecord.Image? {
        input.record?.images.last { wanted.matches(repository: $0.repository, tag: $0.tag) }
    }
}
