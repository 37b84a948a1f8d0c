// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, @npmcli/arborist: what `npm ci` and `npm install` put into node_modules from package-lock.json.

import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import Packages

extension NPMInstall {
    static func isPlainName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 1 || (parts.count == 2 && name.hasPrefix("@")) else { return false }
        return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
    }

    /// The package's name at the end of a path; nil when the path leaves node_modules.
    static func name(of path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            let index = parts.lastIndex(of: "node_modules")
        else {
            return nil
        }
        let name = parts[(index + 1)...].joined(separator: "/")
        return isPlainName(name) ? name : nil
    }

    func isOmitted(_ entry: JSONValue) -> Bool {
        func has(_ key: String) -> Bool { entry[key]?.bool == true }
        if omits.contains("dev"), has("dev") { return true }
        if omits.contains("optional"), has("optional") { return true }
        if omits.contains("peer"), has("peer") { return true }
        if has("devOptional"), omits.contains("dev"), omits.contains("optional") { return true }
        return false
    }

    /// Whether the package is for another machine, which npm leaves out when it is optional.
    func isForeign(_ entry: JSONValue) -> Bool {
        let names = ["x86_64": "x64", "aarch64": "arm64", "i686": "ia32", "armv7l": "arm"]
        let cpu = names[execution.world.machine] ?? execution.world.machine
        let isMusl =
            execution.world.tree.resolvedNode(at: "/etc/alpine-release") != nil
            || (AccountFiles.text(execution.world.tree, "/etc/os-release")?.contains("ID=alpine") ?? false)
        func refuses(_ key: String, _ own: String) -> Bool {
            let list = entry[key]?.array?.compactMap(\.string) ?? entry[key]?.string.map { [$0] } ?? []
            guard !list.isEmpty else { return false }
            if list.contains("!" + own) { return true }
            let wanted = list.filter { !$0.hasPrefix("!") }
            return !wanted.isEmpty && !wanted.contains(own) && !wanted.contains("any")
        }
        return refuses("os", "linux") || refuses("cpu", cpu) || refuses("libc", isMusl ? "musl" : "glibc")
    }

    /// What package.json asks for and the lock file does not have.
    func differences(_ package: JSONValue, _ lock: JSONValue) -> [String] {
        let entries = packages(lock)
        var atTop: [String: JSONValue] = [:]
        for entry in entries where entry.path == "node_modules/" + Self.lastName(entry.path) {
            atTop[Self.lastName(entry.path)] = entry.entry
        }
        var problems: [String] = []
        let root = lock["packages"]?[""]
        for kind in ["dependencies", "devDependencies", "optionalDependencies"] {
            for member in package[kind]?.object?.members ?? [] {
                guard let range = member.value.string else { continue }
                guard let entry = atTop[member.name] else {
                    if kind == "optionalDependencies" { continue }
                    problems.append("Missing: \(member.name)@\(range) from lock file")
                    continue
                }
                if entry["link"]?.bool == true { continue }
                guard let version = entry["version"]?.string else { continue }
                let recorded = root?[kind]?[member.name]?.string
                if recorded == range { continue }
                if let fits = try? VersionScheme.npm.contains(version, in: range), !fits {
                    problems.append(
                        "Invalid: lock file's \(member.name)@\(version) does not satisfy \(member.name)@\(range)"
                    )
                }
            }
        }
        if let root, lock["packages"] != nil {
            for kind in ["dependencies", "devDependencies"] {
                for member in root[kind]?.object?.members ?? [] {
                    let isWanted = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]
                        .contains {
                            package[$0]?[member.name] != nil
                        }
                    if !isWanted, let version = atTop[member.name]?["version"]?.string {
                        _ = version  // npm ci takes a lock file with more than is asked for.
                    }
                }
            }
        }
        return problems
    }

    static func lastName(_ path: String) -> String { name(of: path) ?? "" }

    // MARK: Writing

    func put(_ lock: JSONValue, _ package: JSONValue, verb: String = "added") -> Exit {
        let modules = folder.appending("node_modules")
        var hidden = JSONObject()
        var count = 0
        var scripts: [String] = []
        var funded = 0
        for locked in packages(lock) {
            guard execution.world.charge(1) else { return .unknown }
            let entry = locked.entry
            if isOmitted(entry) { continue }
            if isForeign(entry) {
                if entry["optional"]?.bool == true || entry["devOptional"]?.bool == true { continue }
                context.err(
                    "npm error code EBADPLATFORM\nnpm error notsup Unsupported platform for \(locked.name)\n"
                )
                return .code(1)
            }
            let path = ImagePath(locked.path, relativeTo: folder)
            guard path.isInside(modules), path != modules else {
                // A workspace's own node_modules.
                if !path.isInside(folder) || path == folder { continue }
                installOne(locked, at: path, &scripts)
                continue
            }
            installOne(locked, at: path, &scripts)
            count += 1
            if entry["funding"] != nil { funded += 1 }
            var kept = JSONObject()
            for member in entry.object?.members ?? [] { kept.append(member.name, member.value) }
            hidden.append(locked.path, .object(kept))
        }
        if count > 0 || execution.world.tree.node(at: modules) != nil {
            var document = JSONObject()
            document.append("name", package["name"] ?? lock["name"])
            document.append("version", package["version"] ?? lock["version"])
            document.append("lockfileVersion", .number(String(lockVersion(lock) ?? 3)))
            document.append("requires", .bool(true))
            document.append("packages", .object(hidden))
            write(JSONValue.object(document).bytes() + [0x0A], at: modules.appending(".package-lock.json"))
        }
        if !ignoresScripts, !scripts.isEmpty {
            execution.world.note(
                "install scripts of \(scripts.sorted().joined(separator: ", ")) run in a real build; what they write is not followed",
                .files
            )
            for name in scripts { execution.world.makeUncertain(ImagePath("node_modules/" + name, relativeTo: folder)) }
        }
        let own = package["scripts"]
        let hooks = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"]
        if !ignoresScripts, hooks.contains(where: { own?[$0] != nil }) {
            execution.world.note(
                "the package's own install scripts run in a real build; they are not followed",
                .filesystem
            )
            execution.world.makeUncertain(folder)
        }
        let total = count + 1
        func counted(_ number: Int) -> String { number == 1 ? "1 package" : "\(number) packages" }
        context.out("\n\(verb) \(counted(count)), and audited \(counted(total)) in 1s\n", isUnknown: true)
        if funded > 0 {
            context.out("\n\(funded) packages are looking for funding\n  run `npm fund` for details\n", isUnknown: true)
        }
        return .code(0)
    }

    func installOne(_ locked: Locked, at path: ImagePath, _ scripts: inout [String]) {
        let entry = locked.entry
        if entry["link"]?.bool == true {
            guard let target = entry["resolved"]?.string else { return }
            let up = Array(repeating: "..", count: path.components.count - folder.components.count - 1)
            link(at: path, to: (up + [target]).joined(separator: "/"))
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
        write(JSONValue.object(document).bytes() + [0x0A], at: path.appending("package.json"))
        if entry["hasInstallScript"]?.bool == true { scripts.append(locked.name) }
        // The programs of a package are linked beside it; the files they point to come with the package.
        var programs: [(String, String)] = []
        if let text = entry["bin"]?.string {
            programs = [(locked.name.split(separator: "/").last.map(String.init) ?? locked.name, text)]
        } else {
            programs = (entry["bin"]?.object?.members ?? []).compactMap { member in
                member.value.string.map { (member.name, $0) }
            }
        }
        let isScoped = Self.lastName(locked.path).hasPrefix("@")
        let modules = isScoped ? path.parent.parent : path.parent
        let name = Self.lastName(locked.path)
        for (program, file) in programs {
            let plain = program.split(separator: "/").last.map(String.init) ?? program
            guard Self.isPlainName(plain) else { continue }
            let target = ImagePath(file, relativeTo: path)
            guard target.isInside(path), target != path else { continue }
            if execution.world.tree.node(at: target) == nil {
                makeFolders(target.parent)
                execution.world.put(
                    FileNode(
                        kind: .file(.modelled(sizeBytes: 0)),
                        mode: 0o755,
                        uid: execution.world.user.uid,
                        gid: execution.world.user.gid,
                        modificationTime: execution.world.epochSeconds
                    ),
                    at: target
                )
            }
            let relative = target.components.dropFirst(path.components.count).map {
                String(decoding: $0, as: UTF8.self)
            }
            link(at: modules.appending(".bin").appending(plain), to: "../\(name)/" + relative.joined(separator: "/"))
        }
    }

    func makeFolders(_ path: ImagePath) {
        guard !path.isRoot, execution.world.tree.node(at: path) == nil else { return }
        makeFolders(path.parent)
        execution.world.put(
            FileNode(
                kind: .directory,
                mode: 0o755,
                uid: execution.world.user.uid,
                gid: execution.world.user.gid,
                modificationTime: execution.world.epochSeconds
            ),
            at: path
        )
    }

    func write(_ bytes: [UInt8], at path: ImagePath) {
        makeFolders(path.parent)
        execution.world.put(
            FileNode(
                kind: .file(.bytes(bytes)),
                mode: 0o644,
                uid: execution.world.user.uid,
                gid: execution.world.user.gid,
                modificationTime: execution.world.epochSeconds
            ),
            at: path
        )
    }

    func link(at path: ImagePath, to target: String) {
        makeFolders(path.parent)
        execution.world.put(
            FileNode(
                kind: .symlink(target: Array(target.utf8)),
                mode: 0o777,
                uid: execution.world.user.uid,
                gid: execution.world.user.gid,
                modificationTime: execution.world.epochSeconds
            ),
            at: path
        )
    }
}
