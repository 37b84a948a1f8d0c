// SPDX-License-Identifier: Apache-2.0

import Archives
import Foundation
import ImageFilesystem
import OCISpec

/// What is compared of a file: type, mode, owner, size, link and the digest of what it holds, in one line such as `f 644 0:0 6`.
enum FileFact {
    /// What `find` listed, by absolute path.
    ///
    /// - Parameter sums: digests by path without the slash in front.
    static func read(_ path: String, sums: [String: String]) throws -> [String: String] {
        var result: [String: String] = [:]
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6 else { continue }
            var words = [fields[1]] + (fields[1] == "l" ? [] : [fields[2]]) + [fields[3]]
            if fields[1] == "f" { words.append(fields[4]) }
            if fields[1] == "l" { words.append("-> " + fields[5]) }
            if let sum = sums[fields[0]] { words.append(String(sum.prefix(12))) }
            result["/" + fields[0]] = words.joined(separator: " ")
        }
        return result
    }

    /// The files of a tree, by absolute path; one whose size is not known has `?` for it.
    static func all(of tree: FileTree, isHashed: (FileNode) -> Bool) -> [String: String] {
        var result: [String: String] = [:]
        tree.walk { path, node in
            if path.isRoot { return true }
            var file = node
            if case .hardLink = node.kind, let real = tree.resolvedNode(at: path) { file = real }
            result[path.description] = text(file, isHashed: isHashed(node))
            return true
        }
        return result
    }

    private static func text(_ node: FileNode, isHashed: Bool) -> String {
        let mode = String(node.mode, radix: 8)
        let owner = "\(node.uid):\(node.gid)"
        switch node.kind {
        case .directory: return "d \(mode) \(owner)"
        case .symlink(let target): return "l \(owner) -> \(String(decoding: target, as: UTF8.self))"
        case .file(let content):
            var words = ["f", mode, owner, content.sizeBytes.map(String.init) ?? "?"]
            if isHashed, case .bytes(let bytes) = content {
                words.append(String(Digest.sha256(of: bytes).hex.prefix(12)))
            }
            return words.joined(separator: " ")
        case .hardLink: return "lost"
        case .character: return "c \(mode) \(owner)"
        case .block: return "b \(mode) \(owner)"
        case .fifo: return "p \(mode) \(owner)"
        }
    }

    /// The first name of each file of a tree that has several, by each of its names.
    static func firstNames(of tree: FileTree) -> [String: String] {
        var groups: [String: [String]] = [:]
        tree.walk { path, node in
            guard case .hardLink(var target) = node.kind else { return true }
            for _ in 0..<40 {
                guard case .hardLink(let next)? = tree.node(at: target)?.kind else { break }
                target = next
            }
            groups[target.description, default: [target.description]].append(path.description)
            return true
        }
        return firstNames(groups.values)
    }

    /// The first of the names of each group, by each of its names; who is alone has no group.
    static func firstNames(_ groups: some Sequence<[String]>) -> [String: String] {
        var result: [String: String] = [:]
        for group in groups where group.count > 1 {
            guard let first = group.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) else { continue }
            for name in group { result[name] = first }
        }
        return result
    }

    /// The fields of a configuration that are compared, by name; empty ones are left out.
    static func all(of image: ImageConfiguration) -> [String: String] {
        let config = image.config
        var result: [String: String] = [:]
        func add(_ name: String, _ value: [String]?) {
            if let value, !value.isEmpty { result[name] = "\(value)" }
        }
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { result[name] = value }
        }
        add("User", config.user)
        add("WorkingDir", config.workingDir == "/" ? nil : config.workingDir)
        add("StopSignal", config.stopSignal)
        add("Author", image.author)
        add("Env", config.env)
        add("Entrypoint", config.entrypoint)
        add("Cmd", config.cmd)
        add("OnBuild", config.onBuild)
        add("Shell", config.shell)
        add("ExposedPorts", config.exposedPorts?.keys.sorted())
        add("Volumes", config.volumes?.keys.sorted())
        let labels = (config.labels ?? [:]).filter {
            $0.key != "io.buildah.version" && !$0.key.hasPrefix("dev.seaworthy.")
        }
        add("Labels", labels.map { "\($0)=\($1)" }.sorted())
        if let health = config.healthcheck {
            let spans = [health.interval, health.timeout, health.startPeriod, health.retries].map { String($0 ?? 0) }
            add("Healthcheck", (health.test ?? []) + spans)
        }
        return result
    }
}
