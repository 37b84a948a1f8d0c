// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, package-lock.json versions 1 to 3; @npmcli/arborist for what is held against package.json.

import ImageFilesystem
package import JSONValues
import OCISpec
import Packages
import ShellMachine

/// A lock file of npm: which packages it names, for the models of npm and for whoever asks whether they are there.
package struct NpmLock {
    package let document: JSONValue

    /// Takes the file's document, whatever is in it.
    package init(document: JSONValue) { self.document = document }

    /// A package that the lock file names.
    package struct Package {
        /// The path below the project, such as `node_modules/@s/x`.
        package let path: String
        package let name: String
        package let entry: JSONValue

        /// Whether an entry says yes.
        package func has(_ key: String) -> Bool { entry[key]?.bool == true }

        /// Whether only kinds of dependencies need it that are left out.
        func isOmitted(by omits: Set<String>) -> Bool {
            if omits.contains("dev"), has("dev") { return true }
            if omits.contains("optional"), has("optional") { return true }
            if omits.contains("peer"), has("peer") { return true }
            return has("devOptional") && omits.contains("dev") && omits.contains("optional")
        }

        /// Whether it is for another machine, which npm leaves out when it is optional.
        func isForeign(in world: World) -> Bool {
            let names = ["x86_64": "x64", "aarch64": "arm64", "i686": "ia32", "armv7l": "arm"]
            let cpu = names[world.machine] ?? world.machine
            let isMusl =
                world.tree.resolvedNode(at: "/etc/alpine-release") != nil
                || (world.text(at: "/etc/os-release")?.contains("ID=alpine") ?? false)
            func refuses(_ key: String, _ own: String) -> Bool {
                let list = entry[key]?.array?.compactMap(\.string) ?? entry[key]?.string.map { [$0] } ?? []
                guard !list.isEmpty else { return false }
                if list.contains("!" + own) { return true }
                let wanted = list.filter { !$0.hasPrefix("!") }
                return !wanted.isEmpty && !wanted.contains(own) && !wanted.contains("any")
            }
            return refuses("os", "linux") || refuses("cpu", cpu) || refuses("libc", isMusl ? "musl" : "glibc")
        }
    }

    var version: Int? { document["lockfileVersion"]?.int }

    /// The packages by path; of version 1 by walking its tree.
    package var packages: [Package] {
        if let members = document["packages"]?.object?.members {
            var seen: Set<String> = []
            return members.reversed().compactMap { member in
                guard member.name.hasPrefix("node_modules/") || member.name.contains("/node_modules/"),
                    seen.insert(member.name).inserted, let name = Self.name(of: member.name)
                else { return nil }
                return Package(path: member.name, name: member.value["name"]?.string ?? name, entry: member.value)
            }.reversed()
        }
        var result: [Package] = []
        func visit(_ dependencies: JSONValue?, _ prefix: String, _ depth: Int) {
            guard depth < 32 else { return }
            for member in dependencies?.object?.members ?? [] where Self.isPlainName(member.name) {
                let path = prefix + "node_modules/" + member.name
                result.append(Package(path: path, name: member.name, entry: member.value))
                visit(member.value["dependencies"], path + "/", depth + 1)
            }
        }
        visit(document["dependencies"], "", 0)
        return result
    }

    /// What package.json asks for and the lock file does not have. A lock file with more than is asked for is taken.
    func differences(from package: JSONValue) -> [String] {
        var atTop: [String: JSONValue] = [:]
        for locked in packages {
            let name = Self.name(of: locked.path) ?? ""
            if locked.path == "node_modules/" + name { atTop[name] = locked.entry }
        }
        var problems: [String] = []
        let root = document["packages"]?[""]
        for kind in ["dependencies", "devDependencies", "optionalDependencies"] {
            for member in package[kind]?.object?.members ?? [] {
                guard let range = member.value.string else { continue }
                guard let entry = atTop[member.name] else {
                    if kind == "optionalDependencies" { continue }
                    problems.append("Missing: \(member.name)@\(range) from lock file")
                    continue
                }
                guard entry["link"]?.bool != true, let version = entry["version"]?.string,
                    root?[kind]?[member.name]?.string != range
                else { continue }
                if let fits = try? VersionScheme.npm.contains(version, in: range), !fits {
                    problems.append(
                        "Invalid: lock file's \(member.name)@\(version) does not satisfy \(member.name)@\(range)"
                    )
                }
            }
        }
        return problems
    }

    /// Whether a name is that of a package and nothing else: it may not lead elsewhere.
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
}
