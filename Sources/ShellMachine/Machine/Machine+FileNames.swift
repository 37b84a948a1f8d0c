// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6.6 "Pathname Expansion".

import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    /// The names that match a pattern, sorted by bytes; empty when none does. Where there may be others, the world keeps that for the
    /// command at hand.
    func glob(_ pattern: [UInt8]) -> [[UInt8]] {
        world.flushAll()
        let isAbsolute = pattern.first == 0x2F
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        for index in 0...pattern.count where index == pattern.count || pattern[index] == 0x2F {
            parts.append(pattern[start..<index])
            start = index + 1
        }
        var found: [(text: [UInt8], path: ImagePath)] = [([], isAbsolute ? .root : world.workingDirectory)]
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            if part.isEmpty {
                if isLast { found = found.filter { world.tree.resolvedNode(at: $0.path)?.isDirectory == true } }
                if !isLast || index > 0 { found = found.map { ($0.text + [0x2F], $0.path) } }
                if index == 0, isAbsolute { found = [([0x2F], .root)] }
                continue
            }
            let compiled = ShellPattern(part, dialect)
            var next: [(text: [UInt8], path: ImagePath)] = []
            for (text, path) in found {
                guard charge() else { return [] }
                let prefix = text.isEmpty || text.last == 0x2F ? text : text + [0x2F]
                if compiled.isPlain {
                    let name = compiled.plainBytes
                    let place = path.appending(name)
                    let found = world.tree.resolve(place, followLast: !isLast)
                    guard found?.node != nil else {
                        if world.isUncertain(found?.path ?? place) { world.hasOpenPattern = true }
                        continue
                    }
                    next.append((prefix + name, place))
                    continue
                }
                guard let (real, folder) = world.tree.resolve(path), let folder, folder.isDirectory,
                    world.isAllowed(4, folder)
                else {
                    continue
                }
                // Any name does for one that nobody knows.
                if world.isUncertain(real.appending(Array(part))) { world.hasOpenPattern = true }
                var names = world.tree.entries(of: real) ?? []
                if dialect != .bash, compiled.beginsWithDot { names += [[0x2E], [0x2E, 0x2E]] }
                charge(names.count / 8)
                for name in names where compiled.matches(name) {
                    if name.first == 0x2E, !compiled.beginsWithDot, !shell.options.dotGlob { continue }
                    let place = path.appending(name)
                    if !isLast {
                        guard let (_, node) = world.tree.resolve(place), node?.isDirectory == true else { continue }
                    }
                    next.append((prefix + name, place))
                }
            }
            found = next
            if found.isEmpty { return [] }
        }
        return found.map(\.text).sorted { $0.lexicographicallyPrecedes($1) }
    }
}
