// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-get(8), apk(8): what comes along with a package.

import Diagnostics
import ImageFilesystem
import OCISpec
import Packages
import ShellMachine
import SystemFiles

/// What apk and apt share: which packages come, and their files.
struct PackageSetup {
    let type: PackageType
    /// The distribution that the image says it is.
    let distribution: Distribution

    init(_ type: PackageType, in world: World) {
        self.type = type
        let bytes = OSRelease.paths.lazy.compactMap { world.tree.bytes(at: $0) }.first
        distribution =
            bytes.flatMap { OSRelease($0).distribution }
            ?? Distribution(id: "linux", versionID: nil, codename: nil, name: nil, prettyName: nil)
    }

    /// The package of that name in the repository.
    func package(named name: String, in world: World) -> RepositoryPackage? {
        world.repository.package(named: name, type: type, distribution: distribution)
    }

    /// The packages asked for with all that they need and that is not installed, needed ones first; and what is not known.
    func closure(
        _ names: [String],
        installed: Set<String>,
        in world: inout World
    ) -> (packages: [RepositoryPackage], unknown: [String]) {
        var result: [RepositoryPackage] = []
        var seen = installed
        var unknown: [String] = []
        var pending: [(name: String, isDone: Bool)] = names.reversed().map { ($0, false) }
        var ready: [String: RepositoryPackage] = [:]
        while let (name, isDone) = pending.popLast() {
            guard world.charge() else { break }
            if isDone {
                if let package = ready[name] { result.append(package) }
                continue
            }
            guard seen.insert(name).inserted else { continue }
            guard let package = package(named: name, in: world) else {
                unknown.append(name)
                continue
            }
            guard package.name == name || seen.insert(package.name).inserted else { continue }
            ready[package.name] = package
            pending.append((package.name, true))
            for need in package.depends.reversed() where !seen.contains(need) { pending.append((need, false)) }
        }
        return (result, unknown)
    }

    /// Puts a package's files into the image; what is there already stays.
    static func putFiles(of package: RepositoryPackage, in world: inout World) {
        world.makeRestUncertain(ofPackage: package.name)
        for file in package.files {
            let path = ImagePath(file.path)
            guard !path.isRoot else { continue }
            let place = world.tree.resolve(path, followLast: false)?.path ?? path
            guard world.tree.node(at: place) == nil else { continue }
            var node = FileNode(
                kind: .file(.modelled(sizeBytes: 0, of: path)),
                mode: file.mode,
                modificationTime: world.epochSeconds
            )
            if let link = file.link {
                node.kind = .symlink(target: Array(link.utf8))
                node.mode = 0o777
            } else if file.path.hasSuffix("/") {
                node.kind = .directory
            }
            world.put(node, at: place)
        }
    }
}

extension Invocation {
    /// Puts on the record that packages come which a repository may have and ours does not.
    mutating func unknownPackages(_ names: [String], by tool: String) -> Outcome {
        unknown(
            "\(tool) installs \(names.sorted().joined(separator: ", ")), of which nothing is known here",
            .systemPackages
        )
    }
}
