// SPDX-License-Identifier: Apache-2.0

package import OCISpec

/// One way of naming what a command looks at: a prefix such as `archive://`, and how to find what stands behind it.
///
/// A provider opens nothing before it is asked. What it is asked for and does not have is a `Failure` that says so: `usage` for
/// a text that can name nothing, `noInput` for what is not there, `unavailable` for what cannot be had here.
package protocol SourceProvider: Sendable {
    /// The word before `://`.
    var prefix: String { get }
    /// Whether what it finds is an image, and not files or packages alone.
    var findsImages: Bool { get }

    /// Finds what was asked for.
    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source
}

/// What somebody typed, taken apart.
package struct SourceRequest: Sendable {
    /// All of it.
    package let text: String
    /// What stands behind the prefix.
    package let rest: String
    /// Which image of an archive with several; nil means the only one.
    package let reference: String?
    /// The platform that must be there; nil means the host's, else the first.
    package let platform: Platform?
    /// What asks registries; nil where the command does not name the network.
    package let fetcher: ImageFetcher?

    package init(
        text: String,
        rest: String,
        reference: String? = nil,
        platform: Platform? = nil,
        fetcher: ImageFetcher? = nil
    ) {
        self.fetcher = fetcher
        self.text = text
        self.rest = rest
        self.reference = reference
        self.platform = platform
    }
}
