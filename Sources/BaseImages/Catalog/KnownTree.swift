// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec
import Packages
import SystemFiles

/// The files of an image that is known in part, as far as they are: those below it, what its lists name, its accounts.
struct KnownTree {
    /// The files so far.
    private(set) var tree = FileTree()

    private let folder: KitFolder
    private let packages: any PackageRepository
    private let systems: SystemTable
    private let layerIndex: Int
    private let time: Int
    private var distribution: Distribution?

    init(
        folder: KitFolder,
        packages: any PackageRepository,
        systems: SystemTable,
        layerIndex: Int,
        time: Int
    ) {
        self.folder = folder
        self.packages = packages
        self.systems = systems
        self.layerIndex = layerIndex
        self.time = time
    }

    /// Begins with the files of the image below, or with what its system has.
    ///
    /// - Parameter isReleaseKnown: whether the release of the distribution is certain; else it is not written down.
    mutating func begin(on base: FileTree?, _ chain: [KnownImage], isReleaseKnown: Bool) throws {
        if let base {
            tree = base
        } else if let image = chain.first {
            try lay(image, isReleaseKnown: isReleaseKnown)
        }
        for path in OSRelease.paths {
            guard let bytes = tree.bytes(at: path) else { continue }
            distribution = OSRelease(bytes).distribution
            break
        }
    }

    private mutating func lay(_ image: KnownImage, isReleaseKnown: Bool) throws {
        let family = systems.family(of: image)
        let isBare = image.system.shellPath == nil && image.system.hasNoPackageManager
        var records: [KitRecord] = []
        if let family, SystemTable.isHardened(image) {
            records = [.list("system-bare")] + hardened(image, family)
        } else {
            records = [.list(family.map { isBare ? $0.trees.bare : $0.trees.withShell } ?? "system-bare")]
        }
        var script = TreeScript(folder: folder)
        try script.apply(records, layerIndex: layerIndex, time: time, file: "systems.kit")
        tree = script.tree
        if let family, let text = family.osRelease(of: isReleaseKnown ? SystemTable.fullName(of: image) : "") {
            put(.file(.bytes(Array(text.utf8))), at: "/usr/lib/os-release", mode: 0o644)
            put(.symlink(target: Array("../usr/lib/os-release".utf8)), at: "/etc/os-release", mode: 0o777)
        }
    }

    /// A hardened image has of its distribution only the packages that its definition names.
    private func hardened(_ image: KnownImage, _ family: SystemTable.Family) -> [KitRecord] {
        let names = image.packages.flatMap(\.entries).map(\.name)
        let release = family.release(of: SystemTable.fullName(of: image)) ?? ""
        guard !names.isEmpty else { return [] }
        guard family.id == "alpine" else {
            let list = "debian-" + release
            return folder.has("trees/" + list) ? [.list(list, only: names)] : []
        }
        let list = "alpine-programs-" + release
        // Of a release whose programs are not recorded those of its neighbour are taken: the paths are the same.
        let known = folder.has("trees/" + list) ? list : "alpine-programs-3.23"
        guard names.contains("busybox") else { return [.list(known, only: names)] }
        return [.list(known, only: names + ["busybox-binsh"]), .list("busybox-applets")]
    }

    /// Puts in what is recorded of an image: shell, package manager, programs, packages, the folder it starts in.
    mutating func add(_ image: KnownImage) {
        if let shell = image.system.shellPath { putProgram(ImagePath(shell)) }
        if image.system.hasBash, tree.resolvedNode(at: "/usr/local/bin/bash") == nil { putProgram("/bin/bash") }
        if !image.system.hasNoPackageManager {
            let words = image.system.packageManager.split { " ()".contains($0) }.map(String.init)
            for word in words {
                for name in word == "apt" ? ["apt", "apt-get", "dpkg"] : [word] where find(name) == nil {
                    putProgram(ImagePath((word == "apk" ? "/sbin/" : "/usr/bin/") + name))
                }
            }
        }
        for addition in image.packages {
            if addition.manager == "program" { addPrograms(addition) } else { addPackages(addition) }
        }
        if let version = Self.unpackedNode(of: image) { putNode(version, of: image) }
        if let program = image.start.program { putStart(program) }
        let workdir = image.start.workdir
        if workdir.hasPrefix("/"), workdir != "/" { putFolder(ImagePath(workdir)) }
    }

    /// The version of Node.js where a hardened image has it from the archive of nodejs.org, as those do whose definitions name no
    /// package of it; nil elsewhere.
    private static func unpackedNode(of image: KnownImage) -> String? {
        guard image.repository == "dhi.io/node",
            !image.packages.flatMap(\.entries).contains(where: { $0.name.hasPrefix("nodejs") }),
            let entry = image.ownEnvironment?.last(where: { $0.hasPrefix("NODE_VERSION=") })
        else { return nil }
        let version = String(entry.dropFirst("NODE_VERSION=".count))
        return version.split(separator: ".").count == 3 && version.allSatisfy { $0 == "." || $0.isNumber }
            ? version : nil
    }

    /// The archive lies in a folder of its own, and its programs are linked; runtime images have node alone.
    private mutating func putNode(_ version: String, of image: KnownImage) {
        let folder: ImagePath = "/opt/nodejs"
        let place = folder.appending(Array("node-v\(version)".utf8))
        let text = zip(["MAJOR", "MINOR", "PATCH"], version.split(separator: "."))
            .map { "#define NODE_\($0)_VERSION \($1)\n" }.joined()
        put(.file(.bytes(Array(text.utf8))), at: ImagePath("\(place)/include/node/node_version.h"), mode: 0o644)
        putProgram(ImagePath("\(place)/bin/node"))
        var names = ["node"]
        if !image.system.hasNoPackageManager {
            for (name, file) in [
                ("npm", "npm/bin/npm-cli.js"), ("npx", "npm/bin/npx-cli.js"), ("corepack", "corepack/dist/corepack.js"),
            ] {
                putProgram(ImagePath("\(place)/lib/node_modules/\(file)"))
                let target = Array("../lib/node_modules/\(file)".utf8)
                put(.symlink(target: target), at: ImagePath("\(place)/bin/\(name)"), mode: 0o777)
                names.append(name)
            }
        }
        for name in names where tree.resolvedNode(at: ImagePath("/usr/local/bin/" + name)) == nil {
            put(
                .symlink(target: Array("\(place)/bin/\(name)".utf8)),
                at: ImagePath("/usr/local/bin/" + name),
                mode: 0o777
            )
        }
    }

    /// What a container starts is there, or none would start. In which folder of PATH, is not recorded where nothing else tells.
    private mutating func putStart(_ program: String) {
        if program.hasPrefix("/") {
            putProgram(ImagePath(program))
        } else if !program.contains("/"), !hasProgram(program) {
            putProgram(ImagePath("/usr/local/bin/" + program))
        }
    }

    /// Whether any folder has a program of that name, for PATH may name any.
    private func hasProgram(_ name: String) -> Bool {
        if find(name) != nil { return true }
        var isThere = false
        tree.walk { path, node in
            if !node.isDirectory, path.name == Array(name.utf8), path.parent.name == Array("bin".utf8) {
                isThere = true
            }
            return !isThere
        }
        return isThere
    }

    private mutating func addPrograms(_ addition: KnownImage.Addition) {
        guard addition.path.hasPrefix("/") else { return }
        let path = ImagePath(addition.path)
        for entry in addition.entries { addCompanions(of: entry.name, at: addition.path) }
        if addition.isFile { return addProgram(addition, at: path) }
        let holdsPrograms = path.isRoot || path.name == Array("bin".utf8)
        guard holdsPrograms else { return putFolder(path) }
        for entry in addition.entries { putProgram(path.appending(entry.name)) }
    }

    private mutating func addProgram(_ addition: KnownImage.Addition, at path: ImagePath) {
        putProgram(path)
        guard let entry = addition.entries.first, entry.name == "node" else { return }
        let numbers = (entry.version ?? "").split(separator: ".")
        guard numbers.count == 3, path.parent.name == Array("bin".utf8) else { return }
        let text = zip(["MAJOR", "MINOR", "PATCH"], numbers).map { "#define NODE_\($0)_VERSION \($1)\n" }.joined()
        let header = path.parent.parent.appending("include").appending("node").appending("node_version.h")
        put(.file(.bytes(Array(text.utf8))), at: header, mode: 0o644)
    }

    private mutating func addCompanions(of name: String, at place: String = "") {
        for text in systems.companions(of: name, at: place) {
            if text.hasSuffix("/") { putFolder(ImagePath(text)) } else { putProgram(ImagePath(text)) }
        }
    }

    private mutating func addPackages(_ addition: KnownImage.Addition) {
        let type: PackageType? = addition.manager == "apt" ? .deb : addition.manager == "apk" ? .apk : nil
        for entry in addition.entries where !entry.name.hasPrefix("!") {
            if let type, let distribution,
                let package = packages.package(named: entry.name, type: type, distribution: distribution)
            {
                for file in package.files where tree.resolvedNode(at: ImagePath(file.path)) == nil {
                    let kind: FileNode.Kind =
                        file.link.map { .symlink(target: Array($0.utf8)) }
                        ?? .file(.modelled(sizeBytes: 0, of: ImagePath(file.path)))
                    put(kind, at: ImagePath(file.path), mode: file.mode)
                }
            }
            for name in systems.programs(of: entry.name) {
                let place = ImagePath("/usr/bin/" + name)
                if find(name) == nil { putProgram(place) }
                if isLinkToBusybox(place) { put(.file(.modelled(sizeBytes: 0, of: place)), at: place, mode: 0o755) }
            }
            addCompanions(of: entry.name)
        }
    }

    /// Lays the accounts of all images over those below them.
    mutating func addAccounts(of chain: [KnownImage]) {
        func bytes(_ name: AccountFile.Name) -> [UInt8]? { tree.bytes(at: name.path) }
        var accounts = KnownAccounts(
            passwd: bytes(.passwd),
            group: bytes(.group),
            shadow: bytes(.shadow),
            gshadow: bytes(.gshadow)
        )
        let isFromNothing = chain.first?.system.name.hasPrefix("none") == true
        if isFromNothing, chain.allSatisfy(\.accounts.isEmpty) { return }
        if !accounts.hasUser("root") {
            accounts.apply(.root("user"))
            accounts.apply(.root("group"))
        }
        for change in chain.flatMap(\.accounts) { accounts.apply(change) }
        for (name, bytes) in accounts.files where tree.bytes(at: name.path) != bytes {
            put(.file(.bytes(bytes)), at: name.path, mode: name.usualMode)
        }
    }

    // MARK: Writing

    private func find(_ name: String) -> ImagePath? {
        ["/usr/local/bin/", "/usr/local/sbin/", "/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"]
            .map { ImagePath($0 + name) }.first { tree.resolvedNode(at: $0) != nil }
    }

    /// Whether a program is one of busybox's, which a package of the program's own replaces.
    private func isLinkToBusybox(_ path: ImagePath) -> Bool {
        guard case .symlink(let target)? = tree.node(at: path)?.kind else { return false }
        return ImagePath(String(decoding: target, as: UTF8.self)).name == Array("busybox".utf8)
    }

    private mutating func putProgram(_ path: ImagePath) {
        if tree.resolvedNode(at: path) == nil { put(.file(.modelled(sizeBytes: 0, of: path)), at: path, mode: 0o755) }
    }

    private mutating func putFolder(_ path: ImagePath) {
        if tree.resolvedNode(at: path) == nil { put(.directory, at: path, mode: 0o755) }
    }

    private mutating func put(_ kind: FileNode.Kind, at path: ImagePath, mode: UInt16) {
        guard let name = path.name else { return }
        // A folder that is a link leads elsewhere; where a file is in the way, nothing is recorded that could be put there.
        guard let parent = makeFolders(to: path.parent) else { return }
        tree.insert(
            FileNode(kind: kind, mode: mode, modificationTime: time, layerIndex: layerIndex),
            at: parent.appending(name)
        )
    }

    private mutating func makeFolders(to path: ImagePath) -> ImagePath? {
        guard let name = path.name else { return .root }
        guard let parent = makeFolders(to: path.parent), let found = tree.resolve(parent.appending(name)) else {
            return nil
        }
        if let node = found.node { return node.isDirectory ? found.path : nil }
        let folder = FileNode(kind: .directory, mode: 0o755, modificationTime: time, layerIndex: layerIndex)
        tree.insert(folder, at: found.path)
        return found.path
    }
}

extension KitRecord {
    /// Another list, or only what some packages have of it.
    fileprivate static func list(_ name: String, only packages: [String] = []) -> KitRecord {
        KitRecord(kind: "t", fields: [name, packages.joined(separator: " ")], content: [], line: 0)
    }
}

extension KnownImage.AccountChange {
    /// The superuser or its group, which every image with accounts has.
    fileprivate static func root(_ kind: String) -> KnownImage.AccountChange {
        KnownImage.AccountChange(
            kind: kind,
            name: "root",
            uid: kind == "user" ? 0 : nil,
            gid: 0,
            home: "/root",
            shell: "/bin/sh",
            groups: [],
            numbering: ""
        )
    }
}
