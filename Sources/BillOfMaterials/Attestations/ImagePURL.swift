// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit, util/purl/image.go.

public import OCISpec
import Packages

/// The purls by which BuildKit names images: `pkg:docker/node@lts-slim?platform=linux%2Famd64`.
public enum ImagePURL {
    /// Names an image.
    ///
    /// The tag stands as version, a digest that was written in the reference (or is given) as qualifier; neither means `latest`.
    public static func text(_ reference: ImageReference, digest: Digest?, platform: Platform?) -> String {
        var segments = reference.familiarName.split(separator: "/").map(String.init)
        let name = segments.popLast() ?? reference.path
        var qualifiers: [String: String] = [:]
        let written = digest ?? reference.digest
        qualifiers["digest"] = written?.description
        qualifiers["platform"] = platform?.description
        let version = reference.tag ?? (written == nil ? "latest" : nil)
        let purl = try? PackageURL(
            type: "docker",
            namespace: segments.joined(separator: "/"),
            name: name,
            version: version,
            qualifiers: qualifiers
        )
        return purl?.description ?? "pkg:docker/" + reference.familiarName
    }

    /// Reads such a purl back.
    ///
    /// - Returns: nil when it names no image (`pkg:oci` of a blob, a Git or HTTP source).
    public static func read(_ text: String) -> (reference: ImageReference, platform: Platform?)? {
        guard let purl = try? PackageURL(parsing: text), purl.type == "docker" || purl.type == "oci",
            purl.qualifiers["ref_type"] == nil
        else { return nil }
        var name = purl.packageName
        if purl.type == "oci", let repository = purl.qualifiers["repository_url"] { name = repository }
        let digestText = purl.qualifiers["digest"] ?? purl.version.flatMap { $0.contains(":") ? $0 : nil }
        let tag = purl.version.flatMap { $0.contains(":") ? nil : $0 } ?? purl.qualifiers["tag"]
        let written = name + (tag.map { ":" + $0 } ?? "") + (digestText.map { "@" + $0 } ?? "")
        guard let reference = try? ImageReference(parsing: written) else { return nil }
        return (reference.withDefaultTag, purl.qualifiers["platform"].flatMap(Platform.init(parsing:)))
    }
}
