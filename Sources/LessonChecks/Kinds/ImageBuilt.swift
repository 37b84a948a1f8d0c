// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// An image of a repository, whoever's namespace, is in the local store.
enum ImageBuilt: CheckKind {
    static let name = "image-built"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let image = try find(check, context) else {
            let others = (context.record?.images ?? []).map { "\($0.repository):\($0.tag)" }
            return Judgement(.failed, found: others.isEmpty ? "No image at all" : others.joined(separator: ", "))
        }
        let name = "\(image.repository):\(image.tag)"
        return Judgement(
            .passed,
            "The image \(name) is there.",
            found: name,
            evidence: [Evidence(kind: .image, file: name, detail: "in the local store")]
        )
    }

    /// The image that a check's `repository` and `tag` name.
    static func find(_ check: LessonCheck, _ context: CheckContext) throws -> LearnerRecord.Image? {
        guard let repository = check.text("repository") else { throw CheckContext.missing("repository", check) }
        let tag = check.text("tag")
        return context.record?.images.last { image in
            (image.repository == repository || image.repository.hasSuffix("/" + repository))
                && (tag == nil || image.tag == tag)
        }
    }
}
