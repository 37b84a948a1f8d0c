// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandModels
import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import Packages
import ShellMachine
import ShellSyntax

/// `seaworthy toolbox shell`: what a script would do, followed on a model; nothing is run.
struct ToolboxShell: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract:
            "Follow shell scripts: {\"script\",\"files\",\"env\"} in, {\"exit\",\"stdout\",\"files\",\"unknown\"} out.",
        discussion: """
            "files" maps paths to texts, or to {"content","mode","uid","gid"} or {"link"}; a path that ends in a slash is a \
            folder. "cwd", "dialect" (dash, ash, bash), "args" and "epoch" may be given as well. The answer's "files" are all \
            files there are at the end, null where the content is not known; its "exit" is null when it is not known. \
            "stderr", "folders", "links" and "modes" tell the rest.
            """
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let request = try LineFields.object(line)
        let script = try request.text("script")
        let dialect = try Self.dialect(request)
        let before = try Self.tree(request)
        var state = ShellState(
            tree: before.tree,
            environment: try Self.environment(request),
            workingDirectory: ImagePath(try request.optionalText("cwd") ?? "/"),
            epochSeconds: request["epoch"]?.int ?? 0
        )
        var limits = Limits.standard
        limits.shellSteps = min(limits.shellSteps, 100_000)
        let outcome = ShellInterpreter(programs: .everything, limits: limits).run(
            Array(script.utf8),
            dialect: dialect,
            name: "sh",
            arguments: try request.texts("args"),
            state: &state
        )
        var document = JSONObject()
        document.append("exit", .optional(outcome.exit.code))
        document.append("stdout", .string(String(decoding: outcome.stdout, as: UTF8.self)))
        document.append("stderr", .string(String(decoding: outcome.stderr, as: UTF8.self)))
        document.append("stdoutComplete", .bool(outcome.isStdoutComplete))
        Self.appendTree(state.tree, since: before, to: &document)
        document.append("unknown", .array(outcome.unknowns.map { .string($0.unknown.reason) }))
        output += JSONValue.object(document).bytes(indented: false)
    }

    /// A filesystem before the script: a few folders and accounts of our own, and what the request has.
    private struct Start {
        var tree = FileTree()
        /// What we put there and the answer leaves out when it is as it was.
        var own = FileTree()
        /// The request's spelling of its paths.
        var spellings: [ImagePath: String] = [:]
    }

    private static func tree(_ request: JSONValue) throws -> Start {
        var start = Start()
        for name in [
            "bin", "dev", "etc", "home", "opt", "root", "run", "srv", "usr/bin", "usr/local/bin", "var/lib", "var/log",
        ] {
            start.tree.insert(.directory(), at: ImagePath(name))
        }
        start.tree.insert(.directory(mode: 0o1777), at: "/tmp")
        start.tree.insert(.file(Array("root:x:0:0:root:/root:/bin/sh\n".utf8)), at: "/etc/passwd")
        start.tree.insert(.file(Array("root:x:0:\n".utf8)), at: "/etc/group")
        start.own = start.tree
        switch request["files"] {
        case nil, .null?: return start
        case .object(let files)?:
            for member in files.members {
                let path = ImagePath(member.name)
                start.spellings[path] = member.name
                start.tree.insert(try node(member.value, name: member.name), at: path)
            }
            return start
        case .bool, .number, .string, .array: throw LineError("\"files\" is not an object")
        }
    }

    private static func node(_ value: JSONValue, name: String) throws -> FileNode {
        if name.hasSuffix("/") { return .directory() }
        if let text = value.string { return .file(Array(text.utf8)) }
        guard value.object != nil else { throw LineError("\"files\": \"\(name)\" is neither a text nor an object") }
        if let link = try value.optionalText("link") { return .symlink(to: link) }
        let mode = try value.optionalText("mode") ?? "0644"
        guard let bits = UInt16(mode, radix: 8), bits <= 0o7777 else { throw LineError("\"mode\" is not octal") }
        func number(_ name: String) throws -> UInt32 {
            guard let member = value[name] else { return 0 }
            guard let number = member.int.flatMap(UInt32.init(exactly:)) else {
                throw LineError("\"\(name)\" is not a number")
            }
            return number
        }
        return .file(
            Array((try value.optionalText("content") ?? "").utf8),
            mode: bits,
            uid: try number("uid"),
            gid: try number("gid")
        )
    }

    private static func appendTree(_ tree: FileTree, since start: Start, to document: inout JSONObject) {
        var files = JSONObject()
        var links = JSONObject()
        var modes = JSONObject()
        var folders: [JSONValue] = []
        tree.walk { path, node in
            if path.isRoot || start.own.node(at: path) == node { return true }
            let name = start.spellings[path] ?? path.description
            switch node.kind {
            case .directory:
                if start.own.node(at: path) == nil { folders.append(.string(name)) }
            case .file(.bytes(let bytes)): files.append(name, .string(String(decoding: bytes, as: UTF8.self)))
            case .file: files.append(name, .null)
            case .hardLink(let target):
                let bytes = tree.bytes(at: target)
                files.append(name, bytes.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null)
            case .symlink(let target): links.append(name, .string(String(decoding: target, as: UTF8.self)))
            case .character, .block, .fifo: break
            }
            modes.append(name, .string(FileListing(path: path, node: node, in: tree).mode))
            return true
        }
        document.append("files", .object(files))
        document.append("folders", .array(folders))
        document.append("links", .object(links))
        document.append("modes", .object(modes))
    }

    private static func dialect(_ request: JSONValue) throws -> ShellDialect {
        let name = try request.optionalText("dialect") ?? "dash"
        guard let dialect = ShellDialect(rawValue: name == "sh" ? "dash" : name) else {
            throw LineError("\"dialect\" is none of \(ShellDialect.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return dialect
    }

    private static func environment(_ request: JSONValue) throws -> [String: String] {
        var result = try LineFields.environment(request)
        if result["PATH"] == nil { result["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" }
        return result
    }
}
