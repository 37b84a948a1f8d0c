// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools 2.14: apk(8), the installed database.

import BaseImages
import CivilTime
import Diagnostics
import ImageFilesystem
import OCISpec
import Packages

/// Alpine's `apk`.
enum ApkCommands: CommandFamily {
    static let models: [String: LegacyModel] = ["apk": LegacyModel(.packages, apk)]

    private static func database(_ tree: FileTree) -> ImagePath {
        tree.resolvedNode(at: "/usr/lib/apk/db/installed") != nil
            ? "/usr/lib/apk/db/installed" : "/lib/apk/db/installed"
    }

    /// What only prints.
    private static let readers = [
        "info", "search", "list", "policy", "version", "stats", "manifest", "fetch", "dot", "verify", "audit", "query",
    ]

    private static func apk(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "no-cache U,update-cache u,upgrade virtual,t= q,quiet v,verbose X,repository= allow-untrusted f,force force-overwrite "
                + "p,root= purge rdepends l,latest i,interactive no-progress no-network cache-max-age= cache-dir= no-scripts s,simulate "
                + "a,available keys-dir= repositories-file= arch= initdb no-commit-hooks wait= version V h,help print-arch cache-packages "
                + "no-check-certificate force-refresh timeout="
        )
        if let problem = options.problem {
            let reads = context.arguments.contains { readers.contains($0) }
            return context.unknown("apk: \(problem.busybox)", reads ? .output : .packages)
        }
        if options.has("print-arch") {
            context.out(context.execution.world.machine + "\n")
            return .code(0)
        }
        if options.has("version") || options.has("p") {
            return context.unknown("this use of apk is not followed", .packages)
        }
        var names = options.operands
        guard let command = names.first else { return .code(1) }
        names.removeFirst()
        let execution = context.execution
        if readers.contains(command) { return context.unknown("what apk \(command) prints is not known", .output) }
        guard context.isRoot else {
            context.err(
                "ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n"
            )
            return .code(99)
        }
        let path = database(execution.world.tree)
        switch command {
        case "update":
            if !options.has("no-cache") {
                execution.world.makeUncertain("/var/cache/apk")
                execution.world.note("apk update keeps an index whose content is not modelled", .files)
            }
            return .code(0)
        case "cache": return .code(0)
        case "upgrade", "fix":
            execution.world.note(
                "apk \(command) takes the newest packages of a network; which they are is not known",
                .packages
            )
            return .code(0)
        case "add":
            guard let text = AccountFiles.text(execution.world.tree, path) else {
                if execution.world.tree.resolvedNode(at: path) == nil, !execution.world.isUncertain(path) {
                    context.err("ERROR: Unable to read database: No such file or directory\n")
                    return .code(99)
                }
                return context.unknown("the package database is not known", .packages)
            }
            return add(names, text, path, options, context)
        case "del":
            guard let text = AccountFiles.text(execution.world.tree, path) else {
                return context.unknown("the package database is not known", .packages)
            }
            return remove(names, text, path, context)
        default:
            context.err("apk: '\(command)' is not an apk command. See 'apk --help'.\n")
            return .code(1)
        }
    }

    private static func plain(_ word: String) -> String {
        let end = word.firstIndex { "<>=~@".contains($0) } ?? word.endIndex
        return String(word[..<end])
    }

    private static func add(
        _ names: [String],
        _ text: String,
        _ path: ImagePath,
        _ options: CommandOptions,
        _ context: CommandContext
    ) -> Exit {
        let execution = context.execution
        var installed = Set<String>()
        for stanza in PackageInstall.stanzas(text) {
            if let name = PackageInstall.field(stanza, "P:") { installed.insert(name) }
            for word in PackageInstall.field(stanza, "p:")?.split(separator: " ") ?? [] {
                installed.insert(plain(String(word)))
            }
        }
        let wanted = names.filter { !$0.hasPrefix("!") }
        // A version that is asked for and is not the one that is known: what comes then is not known.
        let other = wanted.filter { word in
            guard plain(word) != word, !word.contains("@") else { return false }
            guard let equals = word.firstIndex(of: "="), word.firstIndex(where: { "<>~".contains($0) }) == nil else {
                return true
            }
            let version = String(word[word.index(after: equals)...])
            return !PackageInstall.isKnown(version, of: plain(word), .apk, installed: text, execution)
        }
        if !other.isEmpty {
            PackageInstall.note(other, "apk add", execution)
            return .unknown
        }
        let (packages, unknown) = PackageInstall.closure(wanted.map(plain), installed: installed, type: .apk, execution)
        var database = text
        if !database.isEmpty, !database.hasSuffix("\n\n") { database += database.hasSuffix("\n") ? "\n" : "\n\n" }
        for (index, package) in packages.enumerated() {
            context.out("(\(index + 1)/\(packages.count)) Installing \(package.name) (\(package.version))\n")
            PackageInstall.putFiles(package, execution)
            database += stanza(package, execution)
        }
        if let group = options.value("virtual") {
            let depends = wanted.map(plain).joined(separator: " ")
            database +=
                "C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=\nP:\(group)\nV:\(stamp(execution.world.epochSeconds))\nA:noarch\n"
                + "T:virtual meta package\nU:\nL:\nD:\(depends)\n\n"
        }
        if !packages.isEmpty || options.has("virtual") { PackageInstall.write(database, at: path, execution) }
        addWorld(options.value("virtual").map { [$0] } ?? wanted, path, execution)
        if !options.has("no-cache") { execution.world.makeUncertain("/var/cache/apk") }
        guard unknown.isEmpty else {
            PackageInstall.note(unknown, "apk add", execution)
            return .unknown
        }
        context.out("OK\n", isUnknown: true)
        return .code(0)
    }

    private static func stamp(_ seconds: Int) -> String {
        String(Instant(epochSeconds: seconds).stamp.dropLast()).replacing("T", with: ".")
    }

    private static func addWorld(_ names: [String], _ database: ImagePath, _ execution: Execution) {
        let path: ImagePath = "/etc/apk/world"
        var world = Set((AccountFiles.text(execution.world.tree, path) ?? "").split(separator: "\n").map(String.init))
        let before = world
        world.formUnion(names)
        guard world != before else { return }
        PackageInstall.write(world.sorted().map { $0 + "\n" }.joined(), at: path, execution)
    }

    private static func stanza(_ package: RepositoryPackage, _ execution: Execution) -> String {
        var lines = [
            "P:" + package.name, "V:" + package.version, "A:" + package.architecture, "T:" + package.summary,
            "L:" + package.license,
            "o:" + package.origin, "t:\(execution.world.epochSeconds)",
        ]
        if !package.depends.isEmpty { lines.append("D:" + package.depends.joined(separator: " ")) }
        var folders: [String: [RepositoryPackage.File]] = [:]
        for file in package.files where !file.path.hasSuffix("/") {
            let path = ImagePath(file.path)
            folders[String(path.parent.description.dropFirst()), default: []].append(file)
        }
        for (folder, files) in folders.sorted(by: { $0.key < $1.key }) {
            lines.append("F:" + folder)
            for file in files.sorted(by: { $0.path < $1.path }) {
                lines.append("R:" + (ImagePath(file.path).name.map { String(decoding: $0, as: UTF8.self) } ?? ""))
                let mode: UInt16 = file.link == nil ? file.mode : 0o777
                if mode != 0o644 { lines.append("a:0:0:" + String(mode, radix: 8)) }
            }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func remove(_ names: [String], _ text: String, _ path: ImagePath, _ context: CommandContext) -> Exit
    {
        let execution = context.execution
        var stanzas = PackageInstall.stanzas(text)
        func named(_ name: String) -> String? { stanzas.first { PackageInstall.field($0, "P:") == name } }
        var gone = Set(names.map(plain).filter { named($0) != nil })
        guard !gone.isEmpty else { return .code(0) }
        // What others need stays, however often it is asked to go.
        let needed = gone.filter { name in
            let provided = (PackageInstall.field(named(name) ?? "", "p:") ?? "").split(separator: " ").map {
                plain(String($0))
            }
            return stanzas.contains { stanza in
                guard let owner = PackageInstall.field(stanza, "P:"), !gone.contains(owner) else { return false }
                return (PackageInstall.field(stanza, "D:") ?? "").split(separator: " ").contains {
                    let need = plain(String($0))
                    return need == name || provided.contains(need)
                }
            }
        }
        if !needed.isEmpty {
            return context.unknown(
                "apk del is to remove \(needed.sorted().joined(separator: ", ")), which other packages need",
                .packages
            )
        }
        // What only a virtual package asked for goes with it, once nobody else needs it.
        let world = Set(
            (AccountFiles.text(execution.world.tree, "/etc/apk/world") ?? "").split(separator: "\n").map {
                plain(String($0))
            }
        )
        var candidates = gone
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for name in candidates {
                for word in PackageInstall.field(named(name) ?? "", "D:")?.split(separator: " ") ?? [] {
                    let need = plain(String(word))
                    guard named(need) != nil, !gone.contains(need), !world.contains(need) else { continue }
                    let isNeeded = stanzas.contains { stanza in
                        guard let owner = PackageInstall.field(stanza, "P:"), !gone.contains(owner) else {
                            return false
                        }
                        return (PackageInstall.field(stanza, "D:") ?? "").split(separator: " ").contains {
                            plain(String($0)) == need
                        }
                    }
                    if !isNeeded {
                        gone.insert(need)
                        candidates.insert(need)
                        isGrowing = true
                    }
                }
            }
        }
        for name in gone.sorted() {
            guard let stanza = named(name) else { continue }
            var folder = ""
            for line in stanza.split(separator: "\n") {
                if line.hasPrefix("F:") { folder = String(line.dropFirst(2)) }
                if line.hasPrefix("R:") {
                    let place = ImagePath("/" + folder + "/" + line.dropFirst(2))
                    let real = execution.world.tree.resolve(place, followLast: false)?.path ?? place
                    if execution.world.tree.node(at: real) != nil { FileWork.remove(execution, real) }
                }
            }
            context.out("Purging \(name)\n")
        }
        stanzas.removeAll { gone.contains(PackageInstall.field($0, "P:") ?? "") }
        PackageInstall.write(stanzas.map { $0 + "\n\n" }.joined(), at: path, execution)
        let kept = world.subtracting(gone).sorted()
        PackageInstall.write(kept.map { $0 + "\n" }.joined(), at: "/etc/apk/world", execution)
        return .code(0)
    }
}
