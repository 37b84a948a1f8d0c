// SPDX-License-Identifier: Apache-2.0

import ImageLayouts
import OCISpec
package import Reporting

extension ImageFinder {
    /// The rows of all images of the store; one that cannot be read is shown without its facts.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970, from which ages are counted.
    ///   - unreadable: takes the name of an image that cannot be read, and why.
    package func rows(now: Int, unreadable: (_ name: String, _ why: any Error) -> Void) throws -> [ImageListRow] {
        let images = try stored()
        guard !images.isEmpty else { return [] }
        let store = try store()
        let sizes = ImageSizes(self)
        return images.map { image in
            var loaded: LoadedImage?
            do {
                loaded = try store.image(Self.key(image))
            } catch {
                unreadable(Self.key(image), error)
            }
            let size = loaded.map(sizes.size)
            return ImageListRow(
                reference: image.reference,
                id: image.descriptor.digest,
                created: loaded?.configuration.created,
                age: HumanText.age(of: loaded?.configuration.created, now: now),
                sizeBytes: size?.bytes ?? 0,
                isSizeRecorded: size?.isRecorded ?? false,
                platform: loaded?.platform,
                labels: loaded?.configuration.config.labels ?? [:]
            )
        }
    }
}
