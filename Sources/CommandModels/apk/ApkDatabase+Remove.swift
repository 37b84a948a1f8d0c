// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools 2.14: apk-del(8), measured.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

extension ApkDatabase {
    /// `apk del`: packages, and what only they needed.
    func remove(_ names: [String], _ call: inout Invocation) -> Outcome {
        let entries = installed.entries.map(Installed.init)
        let named = Set(names.map(Self.plain)).intersection(entries.map(\.name))
        guard !named.isEmpty else { return .success }
        // What others need stays, however often it is asked to go.
        let needed = entries.filter { entry in
            named.contains(entry.name)
                && entries.contains { !named.contains($0.name) && !$0.needs.isDisjoint(with: entry.provided) }
        }
        guard needed.isEmpty else {
            let list = Set(needed.map(\.name)).sorted().joined(separator: ", ")
            return call.unknown("apk del is to remove \(list), which other packages need", .systemPackages)
        }
        let gone = withUnneeded(named, entries)
        for name in gone.sorted() {
            guard let entry = entries.first(where: { $0.name == name }) else { continue }
            for place in entry.files {
                let real = call.world.tree.resolve(place, followLast: false)?.path ?? place
                if call.world.tree.node(at: real) != nil { call.world.removeTree(real) }
            }
            call.out("Purging \(name)\n")
        }
        var database = installed
        database.remove(gone)
        call.world.write(database.bytes, at: path)
        Self.writeWorld(Set(wanted.map(Self.plain)).subtracting(gone), to: &call.world)
        return .success
    }

    /// An installed package, read once.
    private struct Installed {
        let name: String
        let needs: Set<String>
        /// Its name and the others that it answers to.
        let provided: Set<String>
        let files: [ImagePath]

        init(_ entry: ApkInstalled.Entry) {
            name = entry.package.name
            needs = Set(entry.words(of: "D").map(ApkDatabase.plain))
            provided = Set(entry.words(of: "p").map(ApkDatabase.plain)).union([name])
            files = entry.files
        }
    }

    /// The packages with those that only they asked for: nobody else needs them, and nobody asked for them by name.
    private func withUnneeded(_ names: Set<String>, _ entries: [Installed]) -> Set<String> {
        let wanted = Set(wanted.map(Self.plain))
        let present = Set(entries.map(\.name))
        var gone = names
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            let needs = entries.filter { gone.contains($0.name) }.reduce(into: Set<String>()) { $0.formUnion($1.needs) }
            for need in needs where present.contains(need) && !gone.contains(need) && !wanted.contains(need) {
                guard !entries.contains(where: { !gone.contains($0.name) && $0.needs.contains(need) }) else { continue }
                gone.insert(need)
                isGrowing = true
            }
        }
        return gone
    }
}
