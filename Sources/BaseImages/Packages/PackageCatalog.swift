// SPDX-License-Identifier: Apache-2.0

// Source: Debian's archive as apt tells of it (2026-11-24); Alpine as far as versions are recorded (2026-09-17).

public import Packages
import Synchronization

/// The packages that the kit knows by distribution release.
///
/// Known are Debian 12 and 13, and of Alpine 3.21 to 3.24 the few packages whose versions are recorded. A release is read when
/// it is first asked for.
public final class PackageCatalog: PackageRepository {
    private let folder: KitFolder
    private let releases = Mutex<[String: Release]>([:])

    private struct Release {
        var byName: [String: RepositoryPackage] = [:]
        var byProvision: [String: String] = [:]
    }

    /// Names the folder `kit/`; nothing is read yet.
    public init(root: String) {
        folder = KitFolder(root: root)
    }

    /// The package of that name, else the one that provides it.
    public func package(named name: String, type: PackageType, distribution: Distribution) -> RepositoryPackage? {
        guard let file = Self.file(type, distribution) else { return nil }
        return releases.withLock { releases in
            let release = releases[file] ?? Self.read(folder.optionalRecords("repositories/" + file))
            releases[file] = release
            return release.byName[name] ?? release.byProvision[name].flatMap { release.byName[$0] }
        }
    }

    private static func file(_ type: PackageType, _ distribution: Distribution) -> String? {
        let numbers = distribution.versionID?.split(separator: ".").map(String.init) ?? []
        switch (type, distribution.id) {
        case (.deb, "debian"):
            let codenames = ["bookworm": "12", "trixie": "13"]
            guard let release = numbers.first ?? codenames[distribution.codename ?? ""] else { return nil }
            return "debian-" + release
        case (.apk, "alpine"):
            guard numbers.count >= 2 else { return nil }
            return "alpine-" + numbers[0] + "." + numbers[1]
        default: return nil
        }
    }

    private static func read(_ records: [KitRecord]) -> Release {
        var release = Release()
        var licenses: [String: String] = [:]
        var head: KitRecord?
        var files: [RepositoryPackage.File] = []
        var current = ""
        func close() {
            defer { files = [] }
            guard let record = head else { return }
            let package = RepositoryPackage(
                name: record[0],
                version: record[1],
                architecture: record[2],
                origin: record[3].isEmpty ? record[0] : record[3],
                license: record[8].isEmpty ? licenses[record[4]] ?? "" : record[8],
                depends: record[5].split(separator: ",").map(String.init),
                files: files,
                summary: record[7]
            )
            release.byName[package.name] = package
            for name in record[6].split(separator: ",") where release.byProvision[String(name)] == nil {
                release.byProvision[String(name)] = package.name
            }
        }
        for record in records {
            switch record.kind {
            case "L": licenses[record[0]] = record[1]
            case "P":
                close()
                head = record
            case "c": current = record[0] == "/" ? "" : record[0]
            case "x", "m":
                let mode = UInt16(record[2], radix: 8) ?? (record.kind == "x" ? 0o755 : 0o644)
                for name in record.words(1) { files.append(.init(path: current + "/" + name, mode: mode)) }
            case "l":
                for name in record.words(1) {
                    files.append(.init(path: current + "/" + name, mode: 0o777, link: record[0]))
                }
            default: continue
            }
        }
        close()
        return release
    }
}
