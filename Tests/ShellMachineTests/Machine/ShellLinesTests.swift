// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import ShellSyntax
import Testing

@testable import ShellMachine

/// Lines as people write them in RUN, each in a folder of its own: `Tests/ShellLines`, parted by empty lines.
///
/// What is printed, the exit code and the files are those of the real shell, or it is said that something is not known.
@Suite("The shells judge lines as people write them", .serialized)
struct ShellLinesTests {
    /// A line's traces.
    private struct Traces: Equatable {
        var stdout = ""
        var exit: Int?
        /// `d 755`, `l target`, `f 644 text` by path below the folder.
        var files: [String: String] = [:]
    }

    private static func lines(_ shell: String) throws -> [String] {
        let file = Checkout.root.appendingPathComponent("Tests/ShellLines/\(shell).lines")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n\n")
            .map { $0.trimmingCharacters(in: .newlines) }
    }

    @Test("with what the corpora have, are at least 400 for dash and 300 for bash")
    func count() throws {
        let shared = ShellCorpus.posix.count + ShellCorpus.common.count + ShellCorpus.forks.count
        #expect(try shared + ShellCorpus.dash.count + Self.lines("dash").count >= 400)
        let bash = ShellCorpus.bash.count + ShellCorpus.bashArrays.count
        #expect(try shared + bash + Self.lines("bash").count >= 300)
        #expect(
            try Set(Self.lines("dash") + Self.lines("bash")).count == Self.lines("dash").count
                + Self.lines("bash").count
        )
    }

    @Test("dash")
    func dash() throws { try judge("/usr/bin/dash", .dash, try Self.lines("dash")) }

    @Test("bash")
    func bash() throws { try judge("/usr/bin/bash --norc", .bash, try Self.lines("bash")) }

    private func judge(_ shell: String, _ dialect: ShellDialect, _ lines: [String]) throws {
        guard let real = try answers(of: shell, to: lines) else { return }
        var unknownCount = 0
        for (line, real) in zip(lines, real) {
            guard let ours = traces(of: line, dialect) else {
                unknownCount += 1
                continue
            }
            let wrong = Set(ours.files.keys).union(real.files.keys).filter { ours.files[$0] != real.files[$0] }
            #expect(ours.stdout == real.stdout, "\(line)")
            #expect(ours.exit == real.exit, "\(line)")
            #expect(
                wrong.isEmpty,
                "\(line)\n\(wrong.sorted().map { "\($0): \(ours.files[$0] ?? "none"), not \(real.files[$0] ?? "none")" })"
            )
        }
        print("\(lines.count) lines against \(dialect.rawValue): \(unknownCount) of them are said not to be known")
        #expect(unknownCount * 3 < lines.count)
    }

    /// What the machine makes of a line; nil where it says that something is not known.
    private func traces(of line: String, _ dialect: ShellDialect) -> Traces? {
        var tree = FileTree()
        tree.insert(.directory(), at: "/w")
        tree.insert(.directory(mode: 0o1777), at: "/tmp")
        tree.insert(.file(Array("root:x:0:0:root:/root:/bin/bash\n".utf8)), at: "/etc/passwd")
        tree.insert(.file(Array("root:x:0:\n".utf8)), at: "/etc/group")
        var state = ShellState(
            tree: tree,
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/root", "LC_ALL": "C"],
            workingDirectory: "/w",
            epochSeconds: Int(Date().timeIntervalSince1970)
        )
        let outcome = ShellInterpreter(programs: .everything).run(
            Array(line.utf8),
            dialect: dialect,
            name: "sh",
            state: &state
        )
        guard outcome.unknowns.isEmpty, outcome.isStdoutComplete, let exit = outcome.exit.code else { return nil }
        var result = Traces(stdout: String(decoding: outcome.stdout, as: UTF8.self), exit: exit)
        state.tree.walk(from: "/w") { path, node in
            guard path != "/w" else { return true }
            var file = node
            if case .hardLink = node.kind { file = state.tree.resolvedNode(at: path) ?? node }
            let name = String(path.description.dropFirst(3))
            let mode = String(file.mode, radix: 8)
            switch file.kind {
            case .directory: result.files[name] = "d \(mode)"
            case .symlink(let target): result.files[name] = "l " + String(decoding: target, as: UTF8.self)
            case .file(.bytes(let bytes)): result.files[name] = "f \(mode) " + String(decoding: bytes, as: UTF8.self)
            default: result.files[name] = "other \(mode)"
            }
            return true
        }
        return result
    }

    /// What a real shell makes of the lines, all driven by one process; nil where it is not on this machine, or is not run by root.
    private func answers(of shell: String, to lines: [String]) throws -> [Traces]? {
        guard let program = shell.split(separator: " ").first.map(String.init), getuid() == 0,
            FileManager.default.isExecutableFile(atPath: program)
        else {
            print("skipped: needs \(shell), and root, as a build has it")
            return nil
        }
        let scratch = try ScratchFolder()
        for (number, line) in lines.enumerated() { try scratch.write("\(number)/line", line) }
        let driver = """
            umask 022
            i=0
            while [ -f "$1/$i/line" ]; do
                mkdir "$1/$i/w"
                (cd "$1/$i/w" && exec timeout 20 \(shell) -c "$(cat ../line)" >../out 2>/dev/null </dev/null)
                echo $? >"$1/$i/exit"
                i=$((i + 1))
            done
            """
        var variables: [String: String?] = [:]
        for name in ProcessInfo.processInfo.environment.keys { variables[name] = .some(nil) }
        variables.merge(["PATH": "/usr/bin:/bin", "HOME": "/root", "LC_ALL": "C"]) { $1 }
        let result = try SeaworthyBinary.run(
            "/bin/sh",
            ["-c", driver, "sh", scratch.path],
            in: "/",
            environment: variables,
            timeout: 300
        )
        #expect(result.status == 0 && !result.timedOut, "\(result.error)")
        return try lines.indices.map { number in
            let exit = String(decoding: try scratch.read("\(number)/exit"), as: UTF8.self)
            return Traces(
                stdout: String(decoding: try scratch.read("\(number)/out"), as: UTF8.self),
                exit: Int(exit.trimmingCharacters(in: .whitespacesAndNewlines)),
                files: try files(below: scratch.path("\(number)/w"))
            )
        }
    }

    private func files(below folder: String) throws -> [String: String] {
        let listing = try SeaworthyBinary.run(
            "/usr/bin/find",
            [folder, "-mindepth", "1", "-printf", #"%P\t%y\t%m\t%l\0"#]
        )
        var result: [String: String] = [:]
        for line in listing.output.split(separator: "\0") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4 else { continue }
            switch fields[1] {
            case "d": result[fields[0]] = "d \(fields[2])"
            case "l": result[fields[0]] = "l \(fields[3])"
            case "f":
                let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + fields[0]))
                result[fields[0]] = "f \(fields[2]) " + String(decoding: data, as: UTF8.self)
            default: result[fields[0]] = "other \(fields[2])"
            }
        }
        return result
    }
}
