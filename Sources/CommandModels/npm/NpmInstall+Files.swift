// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, @npmcli/arborist: what `npm ci` and `npm install` put into node_modules.

import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import ShellMachine

extension NpmInstall {
    /// What was put into node_modules so far.
    private struct Progress {
        var hidden = JSONObject()
        var count = 0
        var funded = 0
        /// The packages whose install scripts a real build runs.
        var scripts: [String] = []
    }

    /// Puts the packages of a lock file into node_modules.
    func put(_ lock: NpmLock, _ package: JSONValue, verb: String = "added", _ call: inout Invocation) -> Outcome {
        var progress = Progress()
        for locked in lock.packages {
            guard call.world.charge(1) else { return .unknown }
            if locked.isOmitted(by: omits) { continue }
            if locked.isForeign(in: call.world) {
                if locked.has("optional") || locked.has("devOptional") { continue }
                call.err("npm error code EBADPLATFORM\nnpm error notsup Unsupported platform for \(locked.name)\n")
                return .code(1)
            }
            put(locked, &progress, &call.world)
        }
        if progress.count > 0 || call.world.tree.node(at: project.modules) != nil {
            writeHiddenLock(progress.hidden, lock, package, &call.world)
        }
        noteScripts(progress.scripts, package, &call.world)
        func counted(_ number: Int) -> String { number == 1 ? "1 package" : "\(number) packages" }
        call.out(
            "\n\(verb) \(counted(progress.count)), and audited \(counted(progress.count + 1)) in 1s\n",
            isUnknown: true
        )
        if progress.funded > 0 {
            call.out(
                "\n\(progress.funded) packages are looking for funding\n  run `npm fund` for details\n",
                isUnknown: true
            )
        }
        return .success
    }

    private func put(_ locked: NpmLock.Package, _ progress: inout Progress, _ world: inout World) {
        let path = ImagePath(locked.path, relativeTo: project.folder)
        guard path.isInside(project.modules), path != project.modules else {
            // A workspace's own node_modules.
            if path.isInside(project.folder), path != project.folder {
                installOne(locked, at: path, &progress.scripts, &world)
            }
            return
        }
        installOne(locked, at: path, &progress.scripts, &world)
        progress.count += 1
        if locked.entry["funding"] != nil { progress.funded += 1 }
        var kept = JSONObject()
        for member in locked.entry.object?.members ?? [] { kept.append(member.name, member.value) }
        progress.hidden.append(locked.path, .object(kept))
    }

    /// `node_modules/.package-lock.json`: what npm keeps of what it installed.
    private func writeHiddenLock(
        _ packages: JSONObject,
        _ lock: NpmLock,
        _ package: JSONValue,
        _ world: inout World
    ) {
        var document = JSONObject()
        document.append("name", package["name"] ?? lock.document["name"])
        document.append("version", package["version"] ?? lock.document["version"])
        document.append("lockfileVersion", .number(String(lock.version ?? 3)))
        document.append("requires", .bool(true))
        document.append("packages", .object(packages))
        write(
            JSONValue.object(document).bytes() + [0x0A],
            at: project.modules.appending(".package-lock.json"),
            &world
        )
    }

    private func noteScripts(_ scripts: [String], _ package: JSONValue, _ world: inout World) {
        guard !ignoresScripts else { return }
        if !scripts.isEmpty {
            world.doubt(
                "install scripts of \(scripts.sorted().joined(separator: ", ")) run in a real build; what they write is not followed",
                .files,
                in: scripts.map { ImagePath("node_modules/" + $0, relativeTo: project.folder) }
            )
        }
        let hooks = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"]
        if hooks.contains(where: { package["scripts"]?[$0] != nil }) {
            world.doubt(
                "the package's own install scripts run in a real build; they are not followed",
                .application,
                in: [.root, project.folder]
            )
        }
    }

    private func installOne(
        _ locked: NpmLock.Package,
        at path: ImagePath,
        _ scripts: inout [String],
        _ world: inout World
    ) {
        let entry = locked.entry
        if locked.has("link") {
            guard let target = entry["resolved"]?.string else { return }
            let depth = path.components.count - project.folder.components.count - 1
            let up = Array(repeating: "..", count: max(0, depth))
            link(at: path, to: (up + [target]).joined(separator: "/"), &world)
            return
        }
        var document = JSONObject()
        document.append("name", .string(locked.name))
        document.append("version", entry["version"])
        document.append("license", entry["license"])
        for key in [
            "bin", "dependencies", "optionalDependencies", "peerDependencies", "engines", "os", "cpu", "funding",
        ] {
            document.append(key, entry[key])
        }
        write(JSONValue.object(document).bytes() + [0x0A], at: path.appending("package.json"), &world)
        if locked.has("hasInstallScript") { scripts.append(locked.name) }
        linkPrograms(of: locked, at: path, &world)
    }

    /// The programs of a package are linked beside it; the files they point to come with the package.
    private func linkPrograms(of locked: NpmLock.Package, at path: ImagePath, _ world: inout World) {
        var programs: [(String, String)] = []
        if let text = locked.entry["bin"]?.string {
            programs = [(locked.name.split(separator: "/").last.map(String.init) ?? locked.name, text)]
        } else {
            programs = (locked.entry["bin"]?.object?.members ?? []).compactMap { member in
                member.value.string.map { (member.name, $0) }
            }
        }
        let name = NpmLock.name(of: locked.path) ?? ""
        let modules = name.hasPrefix("@") ? path.parent.parent : path.parent
        for (program, file) in programs {
            let plain = program.split(separator: "/").last.map(String.init) ?? program
            guard NpmLock.isPlainName(plain) else { continue }
            let target = ImagePath(file, relativeTo: path)
            guard target.isInside(path), target != path else { continue }
            if world.tree.node(at: target) == nil {
                makeFolders(target.parent, &world)
                put(.file(.modelled(sizeBytes: 0)), mode: 0o755, at: target, &world)
            }
            let relative = target.components.dropFirst(path.components.count).map {
                String(decoding: $0, as: UTF8.self)
            }
            link(
                at: modules.appending(".bin").appending(plain),
                to: "../\(name)/" + relative.joined(separator: "/"),
                &world
            )
        }
    }

    // MARK: Nodes of the user's

    private func makeFolders(_ path: ImagePath, _ world: inout World) {
        guard !path.isRoot, world.tree.node(at: path) == nil else { return }
        makeFolders(path.parent, &world)
        put(.directory, mode: 0o755, at: path, &world)
    }

    private func write(_ bytes: [UInt8], at path: ImagePath, _ world: inout World) {
        makeFolders(path.parent, &world)
        put(.file(.bytes(bytes)), mode: 0o644, at: path, &world)
    }

    private func link(at path: ImagePath, to target: String, _ world: inout World) {
        makeFolders(path.parent, &world)
        put(.symlink(target: Array(target.utf8)), mode: 0o777, at: path, &world)
    }

    private func put(_ kind: FileNode.Kind, mode: UInt16, at path: ImagePath, _ world: inout World) {
        let node = FileNode(
            kind: kind,
            mode: mode,
            uid: world.user.uid,
            gid: world.user.gid,
            modificationTime: world.epochSeconds
        )
        world.put(node, at: path)
    }
}
