// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, mkdir; GNU coreutils 9.1; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `mkdir`: makes folders.
enum Mkdir: CommandModel {
    static let names = ["mkdir"]
    static let scope = Unknown.Scope.files
    static let mode = CommandOption.value("m", "mode", is: .mode)
    static let parents = CommandOption.flag("p", "parents")
    static let verbose = CommandOption.flag("v", "verbose")
    static let options: OptionTable? = OptionTable([
        mode, parents, verbose, .optionalValue("Z", "context"), .flag("help").unfollowed, .flag("version").unfollowed,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.missingOperand() }
        var change: ModeChange?
        if let text = call.value(mode) {
            guard let parsed = ModeChange(text, umask: call.world.umask) else {
                return call.fail("invalid mode '\(text)'")
            }
            change = parsed
        }
        var exit = 0
        for text in call.operands {
            do throws(FileError) {
                guard !text.isEmpty else { throw FileError.missing }
                if call.has(parents) {
                    try makeAll(text, change, &call)
                } else {
                    try makeOne(text, change, &call)
                }
            } catch {
                let start = call.isBusybox ? "can't" : "cannot"
                call.warn("\(start) create directory '\(text)': \(error.message)")
                exit = 1
            }
        }
        return .code(exit)
    }

    private static func makeOne(_ text: String, _ change: ModeChange?, _ call: inout Invocation) throws(FileError) {
        let (place, node) = try call.world.resolve(call.world.path(text), followLast: false)
        guard node == nil else { throw FileError.exists }
        try make(place, change, &call)
        if call.has(verbose) { call.out("mkdir: created directory '\(text)'\n") }
    }

    /// `-p`: makes what is missing on the way; only the last folder gets the mode of `-m`.
    private static func makeAll(_ text: String, _ change: ModeChange?, _ call: inout Invocation) throws(FileError) {
        var current = ImagePath.root
        let components = call.world.path(text).components
        let given = ImagePath(text).components.count
        for (index, name) in components.enumerated() {
            current = current.appending(name)
            let isLast = index == components.count - 1
            let (real, node) = try call.world.resolve(current)
            current = real
            if let node {
                guard node.isDirectory else { throw isLast ? FileError.exists : FileError.notFolder }
                continue
            }
            try make(real, isLast ? change : nil, &call)
            guard call.has(verbose) else { continue }
            // The part of the name as it was given.
            let shown = components[max(0, components.count - given)...index]
            let name = shown.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
            call.out("mkdir: created directory '\(text.hasPrefix("/") ? "/" : "")\(name)'\n")
        }
    }

    private static func make(_ path: ImagePath, _ change: ModeChange?, _ call: inout Invocation) throws(FileError) {
        let mode = 0o777 & ~call.world.umask
        try call.world.make(.directory, mode: mode, at: path)
        if let change { call.world.tree.update(at: path) { $0.mode = change.applied(to: mode, isDirectory: true) } }
    }
}
