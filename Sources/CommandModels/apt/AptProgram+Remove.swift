// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-get(8) of apt 2.6, measured; dpkg(1).

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

extension AptProgram {
    /// `remove`, `purge` and `autoremove`: packages with what needs them.
    static func remove(_ names: [String], _ command: String, _ call: inout Invocation) -> Outcome {
        guard let bytes = call.world.tree.bytes(at: DpkgStatus.path) else {
            return call.unknown("the package database is not known", .systemPackages)
        }
        guard !names.isEmpty else { return .success }
        var status = DpkgStatus(bytes)
        let wanted = Set(names.map(plain))
        let present = status.paragraphs.filter { wanted.contains($0.package.name) }
        let known = Set(present.map(\.package.name))
        if let missing = wanted.subtracting(known).sorted().first {
            if call.world.isUncertain(DpkgStatus.path) {
                return call.unknown("whether \(missing) is installed is not known", .systemPackages)
            }
            if !hasLists(call.world) { return fail("Unable to locate package \(missing)", &call) }
        }
        guard !known.isEmpty else { return .success }
        if !call.has(AptGet.removeEssential), present.contains(where: { $0.value(of: "Essential") == "yes" }) {
            return fail("Essential packages were removed and -y was used without --allow-remove-essential.", &call)
        }
        guard assumesYes(call) else {
            call.out("Do you want to continue? [Y/n] Abort.\n")
            return .code(1)
        }
        let gone = withNeeding(known, status)
        for name in gone.sorted() {
            call.out("Removing \(name) ...\n", isUnknown: true)
            for file in [name, "\(name):amd64", "\(name):arm64"] {
                removeFiles(listedIn: DpkgStatus.infoFolder.appending("\(file).list"), &call.world)
            }
        }
        status.remove(gone)
        call.world.write(status.bytes, at: DpkgStatus.path)
        if command.hasPrefix("auto") || call.has(AptGet.autoRemove) {
            call.world.noteSystemPackages(
                "\(call.name) also removes packages that nobody needs any more; which they are is not modelled"
            )
        }
        return .success
    }

    /// The packages with all those that need one of them.
    private static func withNeeding(_ names: Set<String>, _ status: DpkgStatus) -> Set<String> {
        let needs: [(name: String, choices: [[String]])] = status.paragraphs.compactMap { paragraph in
            guard let depends = paragraph.value(of: "Depends") else { return nil }
            let choices = depends.split(separator: ",").map { part in
                part.split(separator: "|").map {
                    plain(String($0).trimmed.split(separator: " ").first.map(String.init) ?? "")
                }
            }
            return (paragraph.package.name, choices)
        }
        var gone = names
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for (name, choices) in needs where !gone.contains(name) {
                guard choices.contains(where: { $0.allSatisfy(gone.contains) }) else { continue }
                gone.insert(name)
                isGrowing = true
            }
        }
        return gone
    }

    /// Takes the files of a package away, folders when nothing is left in them, then the list.
    private static func removeFiles(listedIn list: ImagePath, _ world: inout World) {
        guard let files = world.text(at: list) else { return }
        for place in files.split(separator: "\n").map({ ImagePath(String($0)) }).reversed() {
            guard let (real, node) = world.tree.resolve(place, followLast: false), let node, !real.isRoot else {
                continue
            }
            if !node.isDirectory {
                world.removeTree(real)
            } else if world.tree.entries(of: real)?.isEmpty == true, real.components.count > 2 {
                world.take(real)
            }
        }
        world.take(list)
    }
}
