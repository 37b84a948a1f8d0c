// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1: ln, readlink, realpath.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Links and what they point to.
enum LinkCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "ln": LegacyModel(.files, ln),
        "link": LegacyModel(.files, ln),
        "readlink": LegacyModel(.output, readlink),
        "realpath": LegacyModel(.output, realpath),
    ]

    private static func ln(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "b,backup=? d,F,directory f,force i,interactive L,logical n,no-dereference P,physical r,relative s,symbolic S,suffix= "
                    + "t,target-directory= T,no-target-directory v,verbose"
            )
        else { return .code(1) }
        let execution = context.execution
        var operands = options.operands
        guard !operands.isEmpty else {
            context.err("ln: missing file operand\nTry 'ln --help' for more information.\n")
            return .code(1)
        }
        func last(_ text: String) -> String { text.split(separator: "/").last.map(String.init) ?? "" }
        var pairs: [(source: String, target: String)] = []
        if let folder = options.value("t") {
            pairs = operands.map { ($0, folder + "/" + last($0)) }
        } else if operands.count == 1 {
            pairs = [(operands[0], last(operands[0]))]
        } else if let target = operands.popLast() {
            let isFolder: Bool
            if options.has("n") || options.has("T") {
                isFolder =
                    !options.has("T")
                    && ((try? execution.world.node(target, followLast: false)) ?? nil)?.isDirectory == true
            } else {
                isFolder = ((try? execution.world.node(target)) ?? nil)?.isDirectory == true
            }
            if isFolder {
                pairs = operands.map { ($0, target + (target.hasSuffix("/") ? "" : "/") + last($0)) }
            } else if operands.count > 1 {
                return context.fail("target '\(target)': No such file or directory")
            } else {
                pairs = [(operands[0], target)]
            }
        }
        let isSymbolic = options.has("s")
        var exit = 0
        for (source, target) in pairs {
            let verb =
                isSymbolic ? "failed to create symbolic link '\(target)'" : "failed to create hard link '\(target)'"
            do throws(FileError) {
                let (place, existing) = try execution.world.resolve(target, followLast: false)
                var kind: FileNode?
                if isSymbolic {
                    var text = source
                    if options.has("r") { text = relative(execution.world.path(source), to: place.parent) }
                    kind = FileNode(kind: .symlink(target: Array(text.utf8)), mode: 0o777)
                } else {
                    let (path, node) = try execution.world.resolve(source, followLast: options.has("L"))
                    guard let node else {
                        context.warn("failed to access '\(source)': No such file or directory")
                        exit = 1
                        continue
                    }
                    guard !node.isDirectory else {
                        context.warn("\(source): hard link not allowed for directory")
                        exit = 1
                        continue
                    }
                    if path == place || execution.world.writablePlace(path) == execution.world.writablePlace(place) {
                        if existing != nil, !options.has("f") { throw FileError.exists }
                        if path == place { context.warn("'\(source)' and '\(target)' are the same file"); exit = 1 }
                        continue
                    }
                    kind = FileWork.hardLink(execution, to: path)
                }
                if let existing {
                    guard options.has("f"), !existing.isDirectory else {
                        if existing.isDirectory, options.has("f") {
                            context.warn("\(target): cannot overwrite directory")
                            exit = 1
                            continue
                        }
                        throw FileError.exists
                    }
                    try execution.world.checkRemovable(place, existing)
                    FileWork.remove(execution, place)
                }
                guard let kind else { continue }
                if isSymbolic {
                    try execution.world.make(kind.kind, mode: 0o777, at: place)
                } else {
                    try execution.world.checkWritable(folder: place.parent)
                    execution.world.put(kind, at: place)
                    execution.world.hasHardLinks = true
                }
                if options.has("v") { context.out("'\(target)' \(isSymbolic ? "->" : "=>") '\(source)'\n") }
            } catch {
                context.warn(context.isBusybox ? "\(target): \(error.message)" : "\(verb): \(error.message)")
                exit = 1
            }
        }
        return .code(exit)
    }

    private static func relative(_ path: ImagePath, to folder: ImagePath) -> String {
        var shared = 0
        while shared < path.components.count, shared < folder.components.count,
            path.components[shared] == folder.components[shared]
        { shared += 1 }
        let up = Array(repeating: "..", count: folder.components.count - shared)
        let down = path.components[shared...].map { String(decoding: $0, as: UTF8.self) }
        let parts = up + down
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }

    private static func readlink(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "f,canonicalize e,canonicalize-existing m,canonicalize-missing n,no-newline q,quiet s,silent v,verbose z,zero"
            )
        else { return .code(1) }
        guard !options.operands.isEmpty else { return FolderCommands.missingOperand(context) }
        let execution = context.execution
        var exit = 0
        for text in options.operands {
            let end = options.has("n") ? "" : options.has("z") ? "\0" : "\n"
            if options.has("f") || options.has("e") || options.has("m") {
                guard let (path, node) = try? execution.world.resolve(text), node != nil || !options.has("e") else {
                    if options.has("m") { context.out(execution.world.path(text).description + end) } else { exit = 1 }
                    continue
                }
                context.out(path.bytes + Array(end.utf8))
            } else if case .symlink(let target)? = ((try? execution.world.node(text, followLast: false)) ?? nil)?.kind {
                context.out(target + Array(end.utf8))
            } else {
                exit = 1
            }
        }
        return .code(exit)
    }

    private static func realpath(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "e,canonicalize-existing m,canonicalize-missing L,logical P,physical q,quiet relative-to= relative-base= "
                    + "s,strip,no-symlinks z,zero"
            )
        else { return .code(1) }
        guard !options.operands.isEmpty else { return FolderCommands.missingOperand(context) }
        let execution = context.execution
        var exit = 0
        for text in options.operands {
            guard let (path, node) = try? execution.world.resolve(text), node != nil || !options.has("e") else {
                if options.has("m") {
                    context.out(execution.world.path(text).description + "\n")
                } else {
                    if !options.has("q") { context.warn("\(text): No such file or directory") }
                    exit = 1
                }
                continue
            }
            if let base = options.value("relative-to") {
                context.out(relative(path, to: execution.world.path(base)) + "\n")
            } else {
                context.out(path.bytes + [0x0A])
            }
        }
        return .code(exit)
    }
}
