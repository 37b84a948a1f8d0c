// SPDX-License-Identifier: Apache-2.0

// Source: os-release(5).

public import ImageFilesystem
public import OCISpec
import Packages
import SystemFiles

/// Reads an image's distribution: `/etc/os-release`, else `/usr/lib/os-release`, else Alpine's and Debian's own version files.
public enum DistributionFiles {
    private static let alpine: ImagePath = "/etc/alpine-release"
    private static let debian: ImagePath = "/etc/debian_version"

    /// The files.
    public static var places: [FileNames.Place] { (OSRelease.paths + [alpine, debian]).map { .file($0) } }

    /// What is wanted of a file.
    public static func interest(in path: ImagePath) -> FileInterest {
        guard (2...3).contains(path.components.count) else { return .none }
        return OSRelease.paths.contains(path) || path == alpine || path == debian ? .contents : .none
    }

    static func distribution(in context: CatalogContext, into result: inout CatalogerResult) -> Distribution? {
        for path in OSRelease.paths {
            guard let (bytes, _) = context.bytes(at: path, into: &result) else { continue }
            if let distribution = OSRelease(bytes).distribution { return distribution }
            result.note("\(path) has no ID")
        }
        if let (bytes, _) = context.bytes(at: alpine, into: &result) {
            let version = String(decoding: bytes.prefix(64), as: UTF8.self).utf8.trimmedText
            if !version.isEmpty { return Distribution(id: "alpine", versionID: version, name: "Alpine Linux") }
        }
        if let (bytes, _) = context.bytes(at: debian, into: &result) {
            // `12.11`, or `trixie/sid` before a release.
            let text = String(decoding: bytes.prefix(64), as: UTF8.self).utf8.trimmedText
            guard let first = text.utf8.first else { return nil }
            if first >= 0x30, first <= 0x39 {
                return Distribution(
                    id: "debian",
                    versionID: text.split(separator: ".").first.map(String.init),
                    name: "Debian GNU/Linux"
                )
            }
            return Distribution(
                id: "debian",
                codename: text.split(separator: "/").first.map(String.init),
                name: "Debian GNU/Linux"
            )
        }
        return nil
    }
}
