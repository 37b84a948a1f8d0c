// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageLayouts
import JSONValues
import OCISpec

/// One line of the list of images.
struct ImageListRow {
    /// The name; nil for an image without one.
    let reference: ImageReference?
    /// The image's id.
    let id: Digest
    /// When it was made, RFC 3339; nil when it does not say or cannot be read.
    let created: String?
    /// How long ago, for people.
    let age: String
    /// The compressed size.
    let size: ImageSizes.Size
    /// The platform; nil when the image cannot be read.
    let platform: Platform?
    /// The labels of its configuration.
    let labels: [String: String]

    var repository: String { reference?.familiarName ?? "<none>" }
    var tag: String { reference?.tag ?? "<none>" }

    /// The rows of all images; one that cannot be read is shown without its facts, which is said.
    static func rows(_ locator: ImageLocator, _ runtime: Runtime) throws -> [ImageListRow] {
        let images = try locator.stored()
        guard !images.isEmpty else { return [] }
        let store = try locator.store()
        let sizes = ImageSizes(locator)
        return images.map { image in
            var loaded: LoadedImage?
            do {
                loaded = try store.image(ImageLocator.key(image))
            } catch let failure as Failure {
                runtime.console.report(failure, isVerbose: runtime.isVerbose)
            } catch {
                runtime.console.remark("\(ImageLocator.key(image).harmless): \(String(describing: error).harmless)")
            }
            return ImageListRow(
                reference: image.reference,
                id: image.descriptor.digest,
                created: loaded?.configuration.created,
                age: HumanText.age(of: loaded?.configuration.created, now: runtime.epochSeconds),
                size: loaded.map(sizes.size) ?? .init(bytes: 0, isRecorded: false),
                platform: loaded?.platform,
                labels: loaded?.configuration.config.labels ?? [:]
            )
        }
    }

    /// For `--json`.
    var document: JSONValue {
        [
            "repository": .optional(reference?.familiarName), "tag": .optional(reference?.tag),
            "id": .string(id.description), "created": .optional(created), "size": .number(String(size.bytes)),
            "sizeIsRecorded": .bool(size.isRecorded), "platform": .optional(platform?.description),
        ]
    }

    /// As Docker names the fields.
    func dockerDocument(_ isWhole: Bool) -> JSONValue {
        [
            "Containers": "N/A", "CreatedAt": .string(created ?? "N/A"), "CreatedSince": .string(age),
            "Digest": .string(id.description), "ID": .string(isWhole ? id.description : id.short),
            "Repository": .string(repository), "SharedSize": "N/A", "Size": .string(HumanText.size(size.bytes)),
            "Tag": .string(tag), "UniqueSize": "N/A",
        ]
    }
}
