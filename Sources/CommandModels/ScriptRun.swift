// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import ImageFilesystem
import OCISpec
public import Packages
public import ShellMachine
public import ShellSyntax

/// A script run on files of the caller's own, with every modelled command at hand: for tools and tests, not for builds.
public struct ScriptRun: Sendable, Hashable {
    /// The exit code; nil when it is not known.
    public let exit: Int?
    /// Standard output as text.
    public let stdout: String
    /// Standard error as text.
    public let stderr: String
    /// The files after the run: those whose bytes are known, by absolute path.
    public let files: [String: String]
    /// What was not understood, in the order of the script.
    public let unknown: [String]

    /// Follows a script as `/bin/sh -c` would, as root in `/`.
    ///
    /// - Parameters:
    ///   - files: text by path; a path that ends with `/` is a folder. `/tmp` is there.
    ///   - environment: exported variables; PATH and HOME have values when they are not given.
    public init(
        script: String,
        files: [String: String] = [:],
        environment: [String: String] = [:],
        dialect: ShellDialect = .dash,
        limits: Limits = .submission,
        epochSeconds: Int = 0,
        repository: any PackageRepository = NoPackages()
    ) {
        var tree = FileTree()
        tree.insert(.directory(mode: 0o1777), at: "/tmp")
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            let place = ImagePath(path)
            if path.hasSuffix("/") {
                tree.insert(.directory(), at: place)
            } else {
                let bytes = Array(text.utf8)
                tree.insert(.file(bytes, mode: bytes.starts(with: Array("#!".utf8)) ? 0o755 : 0o644), at: place)
            }
        }
        var variables = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
        ]
        variables.merge(environment) { _, own in own }
        var state = ShellState(tree: tree, environment: variables, epochSeconds: epochSeconds, repository: repository)
        let interpreter = ShellInterpreter(programs: .everything, limits: limits)
        let outcome = interpreter.run(
            Array(script.utf8),
            dialect: dialect,
            name: dialect == .bash ? "bash" : "sh",
            state: &state
        )
        exit = outcome.exit.code
        stdout = String(decoding: outcome.stdout, as: UTF8.self)
        stderr = String(decoding: outcome.stderr, as: UTF8.self)
        unknown = outcome.unknowns.map(\.unknown.reason)
        var found: [String: String] = [:]
        state.tree.walk { path, node in
            if case .file(.bytes(let bytes)) = node.kind {
                found[path.description] = String(decoding: bytes, as: UTF8.self)
            }
            if case .hardLink = node.kind, let bytes = state.tree.bytes(at: path) {
                found[path.description] = String(decoding: bytes, as: UTF8.self)
            }
            return true
        }
        self.files = found
    }
}
