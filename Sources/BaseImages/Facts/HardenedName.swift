// SPDX-License-Identifier: Apache-2.0

import OCISpec

/// The name of a Docker Hardened Image in either of its forms.
///
/// Shape: `dhi.io/<image>`, or on Docker Hub an organization's mirror `<organization>/dhi-<image>`. `library` is no
/// organization.
struct HardenedName: Sendable, Hashable {
    /// The image's own name, such as `node`.
    let image: String

    /// The repository of the free catalog that the mirror repeats.
    var repository: String { "dhi.io/" + image }

    /// Reads the repository of a reference; nil when it has neither form.
    init?(_ reference: ImageReference) {
        let parts = reference.path.split(separator: "/", omittingEmptySubsequences: false)
        switch reference.domain {
        case "dhi.io":
            guard parts.count == 1, let name = parts.first, !name.isEmpty else { return nil }
            image = String(name)
        case "docker.io":
            guard parts.count == 2, let organization = parts.first, let name = parts.last, organization != "library",
                name.hasPrefix("dhi-"), name.utf8.count > 4
            else { return nil }
            image = String(name.dropFirst(4))
        default: return nil
        }
    }
}
