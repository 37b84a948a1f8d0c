// SPDX-License-Identifier: Apache-2.0
//
// Source: git 2.39, git(1).

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `git`: what it brings and prints is never known.
enum Git: CommandModel {
    static let names = ["git"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    private static let readers: Set<String> = [
        "--version", "version", "status", "log", "rev-parse", "describe", "diff", "show", "ls-remote", "ls-files",
        "branch",
    ]

    static func run(_ call: inout Invocation) -> Outcome {
        let words = call.arguments.filter { !$0.hasPrefix("-") }
        guard let first = words.first, !readers.contains(first) else {
            return call.unknown("what git prints is not known", .output)
        }
        switch first {
        case "clone": return clone(words, &call)
        case "config":
            if let home = call.environment["HOME"]?.string {
                call.world.makeUncertain(ImagePath(home + "/.gitconfig"))
            }
            return .success
        default:
            let folder = call.world.workingDirectory
            call.world.doubt("git \(first) changes files in a way that is not followed", .application, in: [folder])
            return .unknown
        }
    }

    private static func clone(_ words: [String], _ call: inout Invocation) -> Outcome {
        let url = words.count > 1 ? words[1] : ""
        if !call.world.hasNetwork, let host = Download.host(of: url) {
            return call.fail(
                "unable to access '\(url)': Could not resolve host: \(host)",
                code: 128,
                reason: .noNetwork("git")
            )
        }
        var name = words.count > 2 ? words[words.count - 1] : Download.name(of: url)
        if name.hasSuffix(".git") { name = String(name.dropLast(4)) }
        do throws(FileError) {
            let (path, node) = try call.world.resolve(name)
            if node == nil { try call.world.make(.directory, mode: 0o755, at: path) }
            call.world.doubt("git clones \(url) from a network: what comes is not known", .application, in: [path])
            return .unknown
        } catch {
            return call.fail(
                "fatal: could not create work tree dir '\(name)': \(error.message)",
                code: 128,
                reason: error.reason(name)
            )
        }
    }
}
