// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation

/// The providers that there are.
package enum SourceRegistry {
    /// All, in the order in which people are told of them; the first one also takes what has no prefix.
    package static let all: [any SourceProvider] = [
        AnywhereSource(), LocalStoreSource(), KitSource(), EngineSource(), ArchiveSource(), LayoutFolderSource(),
        FolderSource(), PackageListSource(),
    ]

    /// Takes apart what was typed.
    ///
    /// - Returns: the provider, and what stands behind its prefix.
    /// - Throws: a `Failure`: `usage` for a prefix that no provider has.
    package static func provider(for text: String) throws -> (any SourceProvider, rest: String) {
        guard let mark = text.range(of: "://") else { return (AnywhereSource(), text) }
        let prefix = text[..<mark.lowerBound]
        guard let provider = all.first(where: { $0.prefix == prefix }) else {
            throw Failure(
                .usage,
                "unknown prefix",
                at: .reference(text),
                fix: "the prefixes are \(imagePrefixes)"
            )
        }
        return (provider, String(text[mark.upperBound...]))
    }

    /// The prefixes that name images, as a sentence has them.
    private static var imagePrefixes: String {
        let prefixes = all.filter(\.findsImages).map { $0.prefix + "://" }
        return prefixes.dropLast().joined(separator: ", ") + " and " + (prefixes.last ?? "")
    }
}
