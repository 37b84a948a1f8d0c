// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sed; GNU sed 4.9 for `-i`, `-E`, `I` and one-line `a`, `i`, `c`.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `sed`, as far as builds use it: addresses, `s y d p q = a i c`; anything else makes its output unknown.
enum Sed: CommandModel {
    static let names = ["sed"]
    static let scope = Unknown.Scope.files
    static let quiet = CommandOption.flag("n", "quiet", "silent")
    static let expression = CommandOption.value("e", "expression", repeatable: true)
    static let file = CommandOption.value("f", "file", is: .path)
    static let inPlace = CommandOption.optionalValue("i", "in-place")
    static let extended = CommandOption.flag("E", "r", "regexp-extended")
    static let separate = CommandOption.flag("s", "separate")
    static let nullData = CommandOption.flag("z", "null-data")
    static let options: OptionTable? = OptionTable([
        quiet, expression, file, inPlace, extended, separate, .flag("u"), nullData, .value("l", is: .number),
        .flag("posix"), .flag("debug").unfollowed,
    ])

    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        call.err("sed: \(problem.gnuMessage)\n")
        return .code(1, reason: problem.reason(call))
    }

    static func run(_ call: inout Invocation) -> Outcome {
        var files = call.operands
        var script = call.values(expression).joined(separator: "\n")
        if !call.has(expression), !call.has(file) {
            guard !files.isEmpty else {
                call.err("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n")
                return .code(1)
            }
            script = files.removeFirst()
        }
        if call.has(file) || call.has(nullData) || call.has(separate) {
            return giveUp("this use is not followed", files, &call)
        }
        guard let commands = SedParser.parse(Array(script.utf8), isExtended: call.has(extended)) else {
            return giveUp("its script is not followed", files, &call)
        }
        return call.has(inPlace) ? change(files, commands, &call) : print(files, commands, &call)
    }

    private static func giveUp(_ why: String, _ files: [String], _ call: inout Invocation) -> Outcome {
        guard call.has(inPlace) else {
            _ = call.world.readInput()
            return call.unknown("sed: \(why)", .output)
        }
        for file in files {
            guard let (path, node) = try? call.world.resolve(file), node != nil else { continue }
            let unknown = Unknown(
                reason: "sed changed this file in a way that is not followed",
                scope: Unknown.Scope(ofFileAt: path),
                paths: [path.description]
            )
            call.world.note("sed -i changes \(path): \(why)", unknown.scope, in: [path])
            let place = call.world.writablePlace(path)
            call.world.tree.update(at: place) { if !$0.isDirectory { $0.kind = .file(.unknown(unknown)) } }
        }
        return .success
    }

    /// `-i`: changes the files themselves.
    private static func change(_ files: [String], _ commands: [SedCommand], _ call: inout Invocation) -> Outcome {
        var exit = 0
        var reason: CommandFailure?
        for file in files {
            do throws(FileError) {
                guard try change(file, commands, &call) else {
                    return giveUp("its pattern takes too long", files, &call)
                }
            } catch {
                call.warn(
                    error == .missing
                        ? "can't read \(file): \(error.message)" : "couldn't open temporary file: \(error.message)"
                )
                exit = error == .missing ? 2 : 4
                reason = reason ?? error.reason(file)
            }
        }
        return .code(exit, reason: reason)
    }

    /// Changes a file; false when that takes too long.
    private static func change(
        _ file: String,
        _ commands: [SedCommand],
        _ call: inout Invocation
    ) throws(FileError) -> Bool {
        let text = try call.world.readFile(file)
        let (path, _) = try call.world.resolve(file)
        try call.world.checkWritable(folder: path.parent)
        if text.isUnknown {
            let scope = Unknown.Scope(ofFileAt: path)
            let unknown = Unknown(
                reason: "sed changed a file that is not known",
                scope: scope,
                paths: [path.description]
            )
            call.world.note("sed -i changes \(path), which is not known", scope, in: [path])
            call.world.tree.update(at: path) { $0.kind = .file(.unknown(unknown)) }
            return true
        }
        guard let output = SedRun.run(commands, text.bytes, isQuiet: call.has(quiet), &call) else { return false }
        if let suffix = call.value(inPlace), !suffix.isEmpty, let node = call.world.tree.node(at: path) {
            let name = path.name.map { String(decoding: $0, as: UTF8.self) } ?? ""
            let backup =
                suffix.contains("*")
                ? suffix.split(separator: "*", omittingEmptySubsequences: false).joined(separator: name)
                : name + suffix
            call.world.put(node, at: ImagePath(backup, relativeTo: path.parent))
        }
        let time = call.world.epochSeconds
        let place = call.world.writablePlace(path)
        call.world.tree.update(at: place) {
            $0.kind = .file(.bytes(output))
            $0.modificationTime = time
            $0.layerIndex = nil
        }
        return true
    }

    private static func print(_ files: [String], _ commands: [SedCommand], _ call: inout Invocation) -> Outcome {
        var exit = 0
        var reason: CommandFailure?
        var bytes: [UInt8] = []
        var isUnknown = false
        for file in files.isEmpty ? ["-"] : files {
            do throws(FileError) {
                let text = file == "-" ? call.world.readInput() : try call.world.readFile(file)
                bytes += text.bytes
                if text.isUnknown { isUnknown = true }
            } catch {
                call.warn("can't read \(file): \(error.message)")
                exit = 2
                reason = reason ?? error.reason(file)
            }
        }
        guard !isUnknown else {
            call.out([], isUnknown: true)
            return .code(exit, reason: reason)
        }
        guard let output = SedRun.run(commands, bytes, isQuiet: call.has(quiet), &call) else {
            return giveUp("its pattern takes too long", files, &call)
        }
        call.out(output)
        return .code(exit, reason: reason)
    }
}
