// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools 2.14: apk-add(8), the installed database, measured.

import CivilTime
import Diagnostics
import ImageFilesystem
import OCISpec
import Packages
import ShellMachine
import SystemFiles

extension ApkDatabase {
    /// `apk add`: packages with what they need, from the models of the repository.
    func add(_ names: [String], _ call: inout Invocation) -> Outcome {
        let words = names.filter { !$0.hasPrefix("!") }
        let setup = PackageSetup(.apk, in: call.world)
        let other = words.filter { asksForOther($0, setup, call.world) }
        if !other.isEmpty { return call.unknownPackages(other, by: "apk add") }
        var present: Set<String> = []
        for entry in installed.entries {
            present.insert(entry.package.name)
            present.formUnion(entry.words(of: "p").map(Self.plain))
        }
        let (packages, unknown) = setup.closure(words.map(Self.plain), installed: present, in: &call.world)
        let lacking = (packages.map(\.name) + unknown).sorted()
        if !call.world.hasNetwork, let first = lacking.first {
            if call.has(Apk.noNetwork) || call.has(Apk.repository) || Self.mayHaveCache(call.world) {
                return call.unknown(
                    "whether apk has all packages in a cache is not known, and there is no network",
                    .systemPackages
                )
            }
            call.err("WARNING: fetching packages: temporary error (try again later)\n")
            call.err(
                "ERROR: unable to select packages:\n  \(first) (no such package):\n    required by: world[\(first)]\n"
            )
            return .code(lacking.count, reason: .noNetwork("apk"))
        }
        var database = installed
        for (index, package) in packages.enumerated() {
            call.out("(\(index + 1)/\(packages.count)) Installing \(package.name) (\(package.version))\n")
            PackageSetup.putFiles(of: package, in: &call.world)
            database.append(Self.lines(of: package, time: call.world.epochSeconds))
        }
        let group = call.value(Apk.virtual)
        if let group {
            let depends = words.map(Self.plain).joined(separator: " ")
            database.append(Self.lines(ofVirtual: group, depends: depends, time: call.world.epochSeconds))
        }
        if !packages.isEmpty || group != nil { call.world.write(database.bytes, at: path) }
        let asked = wanted.union(group.map { [$0] } ?? words)
        if asked != wanted { Self.writeWorld(asked, to: &call.world) }
        if !call.has(Apk.noCache) { call.world.makeUncertain("/var/cache/apk") }
        guard unknown.isEmpty else { return call.unknownPackages(unknown, by: "apk add") }
        call.out("OK\n", isUnknown: true)
        return .success
    }

    /// Whether packages may lie on this machine: apk keeps them where this folder is.
    private static func mayHaveCache(_ world: World) -> Bool {
        let place: ImagePath = "/etc/apk/cache"
        return world.tree.resolvedNode(at: place) != nil || world.isUncertain(place)
    }

    /// Whether a word asks for a version that is not the one that is known: what comes then is not known.
    private func asksForOther(_ word: String, _ setup: PackageSetup, _ world: World) -> Bool {
        let name = Self.plain(word)
        guard name != word, !word.contains("@") else { return false }
        guard let equals = word.firstIndex(of: "="), !word.contains(where: { "<>~".contains($0) }) else { return true }
        let version = String(word[word.index(after: equals)...])
        return installed.entry(of: name)?.package.version != version
            && setup.package(named: name, in: world)?.version != version
    }

    private static func lines(of package: RepositoryPackage, time: Int) -> [ApkInstalled.Line] {
        var lines: [ApkInstalled.Line] = [
            .init("P", package.name), .init("V", package.version), .init("A", package.architecture),
            .init("T", package.summary), .init("L", package.license), .init("o", package.origin),
            .init("t", String(time)),
        ]
        if !package.depends.isEmpty { lines.append(.init("D", package.depends.joined(separator: " "))) }
        var folders: [String: [RepositoryPackage.File]] = [:]
        for file in package.files where !file.path.hasSuffix("/") {
            folders[String(ImagePath(file.path).parent.description.dropFirst()), default: []].append(file)
        }
        for (folder, files) in folders.sorted(by: { $0.key < $1.key }) {
            lines.append(.init("F", folder))
            for file in files.sorted(by: { $0.path < $1.path }) {
                lines.append(.init("R", ImagePath(file.path).name ?? []))
                let mode: UInt16 = file.link == nil ? file.mode : 0o777
                if mode != 0o644 { lines.append(.init("a", "0:0:" + String(mode, radix: 8))) }
            }
        }
        return lines
    }

    /// A package that only stands for those that were asked for with it; its version is the time.
    private static func lines(ofVirtual name: String, depends: String, time: Int) -> [ApkInstalled.Line] {
        let version = String(Instant(epochSeconds: time).stamp.dropLast()).replacing("T", with: ".")
        return [
            .init("C", "Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA="), .init("P", name),
            .init("V", version), .init("A", "noarch"),
            .init("T", "virtual meta package"), .init("U", ""), .init("L", ""), .init("D", depends),
        ]
    }
}
