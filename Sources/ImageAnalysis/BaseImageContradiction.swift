// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImagePolicies
import OCISpec
import Packages

/// Whether the base image that an image is said to have can be the one that it stands on.
///
/// Provenance and labels can be made up, layers cannot. They contradict each other when the layers are those of a recorded image
/// that is another one, or when the files are of another system than the name says. Where records do not reach, nothing is said: an
/// image built on an image that nobody recorded begins with recorded layers, too.
struct BaseImageContradiction {
    let facts: (any BaseImageFacts)?
    /// The recorded image whose layers the image begins with; nil when there is none.
    let layers: FoundBaseImage?
    /// The distribution that the files name; nil when they name none.
    let distribution: Distribution?

    /// What does not fit, in one sentence with both names; nil when all may be so.
    func reason(_ told: BaseImageUse) -> String? {
        switch told {
        case .unknown: return nil
        case .scratch:
            guard let layers else { return nil }
            return sentence("scratch", "its layers begin like " + Self.names(layers))
        case .image(let image):
            let name = image.familiarName ?? "an image without a name"
            if let layers, !isSame(image, layers), isOther(image, layers) {
                return sentence(name, "its layers begin like " + Self.names(layers))
            }
            guard let system = image.reference.flatMap({ self.system(of: $0.reference) }) else { return nil }
            guard let distribution, isOther(system, distribution) else { return nil }
            let shown =
                distribution.prettyName
                ?? [distribution.id, distribution.versionID].compactMap(\.self).joined(separator: " ")
            return sentence(name, "its files are those of " + shown.harmless)
        }
    }

    private func sentence(_ told: String, _ seen: String) -> String {
        "the image says that it was built on \(told), but \(seen)"
    }

    /// The recorded names, the shortest first.
    private static func names(_ layers: FoundBaseImage) -> String {
        let all = Set(
            layers.candidates.compactMap { try? ImageReference(parsing: $0.repository + ":" + $0.tag).familiar }
        ).sorted { ($0.count, $0) < ($1.count, $1) }
        return all.prefix(2).joined(separator: " or ") + (all.count > 2 ? " …" : "")
    }

    /// Whether one of the recorded images is the one that was told, by digest or by name.
    private func isSame(_ image: FoundBaseImage, _ layers: FoundBaseImage) -> Bool {
        layers.candidates.contains { record in
            if let digest = image.digest,
                [record.indexDigest, record.manifestDigest, record.configDigest].contains(digest)
            {
                return true
            }
            guard let told = image.reference?.reference, isHome(record.repository, of: told) else { return false }
            let names = [told.effectiveTag] + (facts?.aliases(of: told).map(\.tag) ?? [])
            return names.contains(record.tag)
        }
    }

    /// Whether the recorded image cannot be the one that was told, nor lie below it.
    private func isOther(_ image: FoundBaseImage, _ layers: FoundBaseImage) -> Bool {
        guard let facts, let told = image.reference?.reference else {
            // Only a digest: it is another image when it is recorded, and not of these.
            return image.digest.map { !(facts?.tags(at: $0) ?? []).isEmpty } ?? false
        }
        let homes = Set(layers.candidates.map(\.repository))
        let isAtHome = homes.contains { isHome($0, of: told) }
        if isAtHome {
            let known = image.digest.map { facts.tags(at: $0) } ?? []
            return !known.isEmpty || !facts.history(of: told).isEmpty || systemsDiffer(told, layers)
        }
        // A system's image lies below many others; any other recorded image below is one that the name would have to say.
        if homes.allSatisfy(Self.isSystem) { return systemsDiffer(told, layers) }
        return !facts.history(of: told).isEmpty || facts.isSupported(told) != nil
    }

    private func isHome(_ repository: String, of reference: ImageReference) -> Bool {
        if repository == reference.name { return true }
        guard let image = facts?.hardenedImage(reference)?.image,
            let other = try? ImageReference(parsing: repository)
        else { return false }
        return facts?.hardenedImage(other)?.image == image
    }

    private static func isSystem(_ repository: String) -> Bool {
        ["debian", "alpine", "ubuntu", "busybox"].contains { repository == "docker.io/library/" + $0 }
    }
}

extension BaseImageContradiction {
    /// A system and its release, as far as a tag tells.
    private struct System: Hashable {
        let id: String
        let release: String?
    }

    /// Whether every recorded image is of another system than the name says.
    private func systemsDiffer(_ told: ImageReference, _ layers: FoundBaseImage) -> Bool {
        guard let system = system(of: told) else { return false }
        let seen = layers.candidates.map { record -> System? in
            (try? ImageReference(parsing: record.repository + ":" + record.tag)).flatMap(self.system)
        }
        return !seen.isEmpty
            && seen.allSatisfy { other in
                guard let other else { return false }
                if other.id != system.id { return true }
                guard let one = other.release, let two = system.release else { return false }
                return one != two
            }
    }

    /// Whether files are of another system than a name says. A release that is newer than the name may be an upgrade.
    private func isOther(_ system: System, _ distribution: Distribution) -> Bool {
        guard ["debian", "alpine", "ubuntu"].contains(distribution.id) else { return false }
        if system.id != distribution.id { return true }
        guard let told = system.release, let seen = facts?.endOfLife(of: distribution)?.cycle else { return false }
        return Self.numbers(seen).lexicographicallyPrecedes(Self.numbers(told))
    }

    private static func numbers(_ text: String) -> [Int] { text.split(separator: ".").map { Int($0) ?? 0 } }

    /// `debian:trixie-slim` and `node:24-trixie` are Debian 13, `node:24-alpine3.24` is Alpine 3.24; nil where the tag does not say.
    private func system(of reference: ImageReference) -> System? {
        guard reference.domain == "docker.io" || reference.domain == "dhi.io" else { return nil }
        let parts = (reference.effectiveTag ?? "").split(separator: "-").map(String.init)
        let repository = reference.name.split(separator: "/").last.map(String.init) ?? ""
        if ["debian", "alpine", "ubuntu"].contains(repository), reference.path.hasPrefix("library/") {
            return System(id: repository, release: parts.first.flatMap { release(repository, $0) })
        }
        for part in parts {
            for id in ["alpine", "debian"] where part.hasPrefix(id) {
                return System(id: id, release: release(id, String(part.dropFirst(id.count))))
            }
            for id in ["debian", "ubuntu"] {
                if let found = facts?.endOfLife(of: Distribution(id: id, codename: part))?.cycle {
                    return System(id: id, release: found)
                }
            }
        }
        return nil
    }

    /// The release behind a number or a code name; nil for words such as `stable`, which move.
    private func release(_ id: String, _ word: String) -> String? {
        guard !word.isEmpty, let facts else { return nil }
        if word.first?.isNumber ?? false { return facts.endOfLife(of: Distribution(id: id, versionID: word))?.cycle }
        return facts.endOfLife(of: Distribution(id: id, codename: word))?.cycle
    }
}
