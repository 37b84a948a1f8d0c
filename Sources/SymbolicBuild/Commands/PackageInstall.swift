// SPDX-License-Identifier: Apache-2.0
//
// Source: deb-control(5), dpkg's status file and info/*.list; apk-tools' installed database.

import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import Packages

/// What apk and apt share: facts of the distribution, the closure of dependencies, files and database entries.
enum PackageInstall {
    static func distribution(_ tree: FileTree) -> Distribution {
        var values: [String: String] = [:]
        let text = AccountFiles.text(tree, "/etc/os-release") ?? AccountFiles.text(tree, "/usr/lib/os-release") ?? ""
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            var value = String(line[line.index(after: equals)...])
            if value.hasPrefix("\""), value.hasSuffix("\""), value.utf8.count > 1 {
                value = String(value.dropFirst().dropLast())
            }
            values[String(line[..<equals])] = value
        }
        return Distribution(
            id: values["ID"] ?? "linux",
            versionID: values["VERSION_ID"],
            codename: values["VERSION_CODENAME"],
            name: values["NAME"],
            prettyName: values["PRETTY_NAME"]
        )
    }

    /// The packages asked for with all that they need and that is not installed, needed ones first; and what is not known.
    static func closure(
        _ names: [String],
        installed: Set<String>,
        type: PackageType,
        _ execution: Execution
    ) -> (packages: [RepositoryPackage], unknown: [String]) {
        let distribution = distribution(execution.world.tree)
        var result: [RepositoryPackage] = []
        var seen = installed
        var unknown: [String] = []
        var pending: [(name: String, isDone: Bool)] = names.reversed().map { ($0, false) }
        var ready: [String: RepositoryPackage] = [:]
        while let (name, isDone) = pending.popLast() {
            guard execution.world.charge() else { break }
            if isDone {
                if let package = ready[name] { result.append(package) }
                continue
            }
            guard !seen.contains(name) else { continue }
            guard let package = execution.world.repository.package(named: name, type: type, distribution: distribution)
            else {
                seen.insert(name)
                unknown.append(name)
                continue
            }
            seen.insert(name)
            guard package.name == name || seen.insert(package.name).inserted else { continue }
            ready[package.name] = package
            pending.append((package.name, true))
            for need in package.depends.reversed() where !seen.contains(need) { pending.append((need, false)) }
        }
        return (result, unknown)
    }

    /// Puts a package's files into the image; what is there already stays.
    static func putFiles(_ package: RepositoryPackage, _ execution: Execution) {
        for file in package.files {
            let path = ImagePath(file.path)
            guard !path.isRoot else { continue }
            let place = execution.world.tree.resolve(path, followLast: false)?.path ?? path
            guard execution.world.tree.node(at: place) == nil else { continue }
            let node: FileNode
            if let link = file.link {
                node = FileNode(
                    kind: .symlink(target: Array(link.utf8)),
                    mode: 0o777,
                    modificationTime: execution.world.epochSeconds
                )
            } else if file.path.hasSuffix("/") {
                node = FileNode(kind: .directory, mode: file.mode, modificationTime: execution.world.epochSeconds)
            } else {
                node = FileNode(
                    kind: .file(.modelled(sizeBytes: 0)),
                    mode: file.mode,
                    modificationTime: execution.world.epochSeconds
                )
            }
            execution.world.put(node, at: place)
        }
    }

    static func write(_ text: String, at path: ImagePath, _ execution: Execution) {
        let old = execution.world.tree.node(at: path)
        execution.world.put(
            FileNode(
                kind: .file(.bytes(Array(text.utf8))),
                mode: old?.mode ?? 0o644,
                uid: old?.uid ?? 0,
                gid: old?.gid ?? 0,
                modificationTime: execution.world.epochSeconds
            ),
            at: path
        )
    }

    /// Records packages that a repository may have and ours does not.
    static func note(_ names: [String], _ tool: String, _ execution: Execution) {
        guard !names.isEmpty else { return }
        _ = execution.unknownCommand(
            "\(tool) installs \(names.sorted().joined(separator: ", ")), of which nothing is known here",
            .packages
        )
    }

    /// Whether a version of a package is the one that is installed, or the one that the repository has.
    static func isKnown(
        _ version: String,
        of name: String,
        _ type: PackageType,
        installed database: String,
        _ execution: Execution
    ) -> Bool {
        let (nameField, versionField) = type == .apk ? ("P:", "V:") : ("Package:", "Version:")
        let stanza = stanzas(database).first { field($0, nameField) == name }
        if let stanza, field(stanza, versionField) == version { return true }
        let known = execution.world.repository.package(
            named: name,
            type: type,
            distribution: distribution(execution.world.tree)
        )
        return known?.version == version
    }

    /// The paragraphs of a database that empty lines divide.
    static func stanzas(_ text: String) -> [String] {
        var result: [String] = []
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                if !lines.isEmpty { result.append(lines.joined(separator: "\n")) }
                lines = []
            } else {
                lines.append(line)
            }
        }
        if !lines.isEmpty { result.append(lines.joined(separator: "\n")) }
        return result
    }

    /// The value of a field of a paragraph.
    static func field(_ stanza: String, _ prefix: String) -> String? {
        stanza.split(separator: "\n").first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)).trimmed }
    }
}
