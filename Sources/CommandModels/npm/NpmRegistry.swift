// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, npm-install and npm-uninstall with names; folders(5).

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// Packages by name, which come from a registry: which versions, and what they depend on, is not known.
enum NpmRegistry {
    static func install(_ request: NpmRequest, _ call: inout Invocation) -> Outcome {
        let folder =
            request.isGlobal
            ? globalFolder(call) ?? "/usr/local/lib/node_modules"
            : call.world.workingDirectory.appending("node_modules")
        if !call.world.isRoot {
            var parent = folder
            while call.world.tree.node(at: parent) == nil, !parent.isRoot { parent = parent.parent }
            if let node = call.world.tree.node(at: parent), !call.world.isAllowed(3, node) {
                return NpmProject.denied(folder, &call)
            }
        }
        let isLocal = request.operands.allSatisfy { $0.hasPrefix("./") || $0.hasPrefix("/") || $0.hasPrefix("file:") }
        if !isLocal || request.operands.isEmpty,
            let refusal = NpmProject.unreachable(hasOwnCache: request.hasOwnCache, &call)
        {
            return refusal
        }
        let list = request.operands.isEmpty ? "the package here" : request.operands.joined(separator: " ")
        var places = [folder]
        if request.isGlobal {
            places.append(folder.parent.parent.appending("bin"))
        } else {
            places += ["package.json", "package-lock.json"].map { call.world.workingDirectory.appending($0) }
        }
        call.world.doubt(
            "npm installs \(list) from a registry; which versions come is not known",
            .languagePackages,
            in: places
        )
        call.out("\nadded packages\n", isUnknown: true)
        return .unknown
    }

    static func remove(_ request: NpmRequest, _ call: inout Invocation) -> Outcome {
        guard request.isGlobal, call.world.isRoot, let folder = globalFolder(call) else {
            return call.unknown(
                "npm \(request.command) changes packages in a way that is not followed",
                .languagePackages
            )
        }
        let bin = folder.parent.parent.appending("bin")
        for name in request.operands {
            let place = ImagePath(name, relativeTo: folder)
            guard place != folder, place.isInside(folder), call.world.tree.node(at: place) != nil else { continue }
            call.world.removeTree(place)
            for entry in call.world.tree.entries(of: bin) ?? [] {
                let link = bin.appending(entry)
                if case .symlink(let target)? = call.world.tree.node(at: link)?.kind,
                    ImagePath(target, relativeTo: bin).isInside(place)
                {
                    call.world.take(link)
                }
            }
        }
        call.out("\nremoved packages\n", isUnknown: true)
        return .success
    }

    /// The folder of packages for everybody: the one that npm itself is in.
    private static func globalFolder(_ call: Invocation) -> ImagePath? {
        let program = call.program ?? "/usr/local/lib/node_modules/npm/bin/npm-cli.js"
        let parts = program.components.map { String(decoding: $0, as: UTF8.self) }
        return parts.firstIndex(of: "node_modules").map { ImagePath("/" + parts[...$0].joined(separator: "/")) }
    }
}
