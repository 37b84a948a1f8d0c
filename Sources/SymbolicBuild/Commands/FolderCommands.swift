// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017 and GNU coreutils 9.1: mkdir, rmdir, rm, touch, mktemp, truncate, sync.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Making and taking away files and folders.
enum FolderCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "rmdir": LegacyModel(.files, rmdir),
        "rm": LegacyModel(.files, rm),
        "unlink": LegacyModel(.files, rm),
        "touch": LegacyModel(.files, touch),
        "mktemp": LegacyModel(.files, mktemp),
        "truncate": LegacyModel(.files, truncate),
        "sync": LegacyModel(.output) { _ in .code(0) },
        "mkfifo": LegacyModel(.files, mkfifo),
    ]

    /// What a tool that lacks operands says.
    static func missingOperand(_ context: CommandContext) -> Exit {
        if context.isBusybox {
            context.err("BusyBox v1.36.1 multi-call binary.\n\nUsage: \(context.name)\n")
        } else {
            context.err("\(context.name): missing operand\nTry '\(context.name) --help' for more information.\n")
        }
        return .code(1)
    }

    private static func rmdir(_ context: CommandContext) -> Exit {
        guard let options = context.options("p,parents v,verbose ignore-fail-on-non-empty") else { return .code(1) }
        guard !options.operands.isEmpty else { return missingOperand(context) }
        let execution = context.execution
        var exit = 0
        for text in options.operands {
            do throws(FileError) {
                let (path, node) = try execution.world.resolve(text, followLast: false)
                guard let node else { throw FileError.missing }
                guard node.isDirectory else { throw FileError.notFolder }
                guard execution.world.tree.entries(of: path)?.isEmpty == true else { throw FileError.notEmpty }
                try execution.world.checkRemovable(path, node)
                execution.world.take(path)
                var parent = path.parent
                while options.has("p"), !parent.isRoot, execution.world.tree.entries(of: parent)?.isEmpty == true,
                    path.components.count - parent.components.count < ImagePath(text).components.count
                {
                    execution.world.take(parent)
                    parent = parent.parent
                }
            } catch {
                if error == .notEmpty, options.has("ignore-fail-on-non-empty") { continue }
                context.warn(
                    context.isBusybox ? "'\(text)': \(error.message)" : "failed to remove '\(text)': \(error.message)"
                )
                exit = 1
            }
        }
        return .code(exit)
    }

    private static func rm(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "f,force i I,interactive=? r,R,recursive d,dir v,verbose one-file-system no-preserve-root preserve-root=?"
            )
        else { return .code(1) }
        let isForced = options.has("f")
        if !isForced, asks(options), !options.operands.isEmpty {
            // Nobody answers in a build: what it would ask about stays.
            let answers = context.readInput()
            guard !answers.isUnknown, answers.bytes.isEmpty else {
                return context.unknown("what rm is answered is not followed", .files)
            }
            var exit = 0
            for text in options.operands
            where ((try? context.execution.world.node(text, followLast: false)) ?? nil) == nil {
                context.warn("cannot remove '\(text)': No such file or directory")
                exit = 1
            }
            return .code(exit)
        }
        guard !options.operands.isEmpty else { return isForced ? .code(0) : missingOperand(context) }
        let execution = context.execution
        var exit = 0
        for text in options.operands {
            let last = text.split(separator: "/").last
            if last == "." || last == ".." {
                context.warn("refusing to remove '.' or '..' directory: skipping '\(text)'")
                exit = 1
                continue
            }
            do throws(FileError) {
                let (path, node) = try execution.world.resolve(text, followLast: false)
                guard let node else {
                    if text.utf8.last == 0x2F, false { throw FileError.notFolder }
                    throw FileError.missing
                }
                if path.isRoot {
                    if !options.has("no-preserve-root"), !context.isBusybox {
                        context.warn(
                            "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe"
                        )
                        exit = 1
                        continue
                    }
                }
                if node.isDirectory {
                    if !options.has("r") {
                        if options.has("d") {
                            guard execution.world.tree.entries(of: path)?.isEmpty == true else {
                                throw FileError.notEmpty
                            }
                        } else {
                            throw FileError.isFolder
                        }
                    }
                    if execution.world.user.uid != 0, let denied = firstDenied(execution, path) {
                        context.warn("cannot remove '\(denied == path ? text : denied.description)': Permission denied")
                        exit = 1
                        continue
                    }
                }
                if case .symlink = node.kind, text.utf8.last == 0x2F {
                    // A link with a slash behind it is the folder for the walk, and no folder for the removal at its end.
                    if options.has("r"), let (real, folder) = execution.world.tree.resolve(path),
                        folder?.isDirectory == true
                    {
                        for name in execution.world.tree.entries(of: real) ?? [] {
                            FileWork.remove(execution, real.appending(name))
                        }
                    }
                    context.warn("cannot remove '\(text)': Not a directory")
                    exit = 1
                    continue
                }
                try execution.world.checkRemovable(path, node)
                if options.has("v") {
                    FileWork.walkUp(execution.world.tree, path) { child, node in
                        let rest = child.components.dropFirst(path.components.count)
                        let shown = ([text] + rest.map { String(decoding: $0, as: UTF8.self) }).joined(separator: "/")
                        context.out("removed \(node.isDirectory ? "directory " : "")'\(shown)'\n")
                    }
                }
                FileWork.remove(execution, path)
            } catch {
                if isForced, error == .missing || error == .notFolder {
                    execution.world.missedUncertainly = false
                    continue
                }
                context.warn(
                    context.isBusybox
                        ? (error == .isFolder ? "'\(text)' is a directory" : "can't remove '\(text)': \(error.message)")
                        : "cannot remove '\(text)': \(error.message)"
                )
                exit = 1
            }
        }
        return .code(exit)
    }

    /// Whether `rm` asks before it takes things away.
    private static func asks(_ options: CommandOptions) -> Bool {
        if options.has("i") { return true }
        guard options.has("I") else { return false }
        switch options.value("I") {
        case "always": return true
        case "never", "no", "none": return false
        default: return options.has("r") || options.operands.count > 3
        }
    }

    /// The first thing in a folder that the user may not take away.
    private static func firstDenied(_ execution: Execution, _ path: ImagePath) -> ImagePath? {
        var result: ImagePath?
        execution.world.tree.walk(from: path) { child, node in
            guard result == nil else { return false }
            if node.isDirectory, execution.world.tree.entries(of: child)?.isEmpty == false,
                !execution.world.isAllowed(3, node)
            {
                result = execution.world.tree.entries(of: child)?.first.map { child.appending($0) } ?? child
            }
            return result == nil
        }
        return result
    }

    private static func touch(_ context: CommandContext) -> Exit {
        guard let options = context.options("a c,no-create d,date= f h,no-dereference m r,reference= t= time=") else {
            return .code(1)
        }
        guard !options.operands.isEmpty else {
            if context.isBusybox { return missingOperand(context) }
            context.err("touch: missing file operand\nTry 'touch --help' for more information.\n")
            return .code(1)
        }
        let execution = context.execution
        var time = context.now
        if let reference = options.value("r") {
            guard let node = (try? execution.world.node(reference)) ?? nil else {
                return context.fail("failed to get attributes of '\(reference)': No such file or directory")
            }
            time = node.modificationTime
        } else if let text = options.value("d") {
            let digits = text.hasPrefix("@") ? String(text.dropFirst()) : ""
            if let number = Int(digits) { time = number }
        }
        var exit = 0
        for text in options.operands {
            do throws(FileError) {
                let (path, node) = try execution.world.resolve(text, followLast: !options.has("h"))
                if let node {
                    guard execution.world.isAllowed(2, node) || node.uid == execution.world.user.uid else {
                        throw FileError.denied
                    }
                    execution.world.tree.update(at: path) { $0.modificationTime = time }
                } else if !options.has("c") {
                    guard text.utf8.last != 0x2F else { throw FileError.missing }
                    try execution.world.make(.file(.bytes([])), mode: 0o666 & ~execution.world.umask, at: path)
                    execution.world.tree.update(at: path) { $0.modificationTime = time }
                }
            } catch {
                if options.has("c"), error == .missing { continue }
                context.warn(
                    context.isBusybox ? "\(text): \(error.message)" : "cannot touch '\(text)': \(error.message)"
                )
                exit = 1
            }
        }
        return .code(exit)
    }

    private static func mktemp(_ context: CommandContext) -> Exit {
        guard let options = context.options("d,directory u,dry-run q,quiet p,tmpdir=? suffix= t") else {
            return .code(1)
        }
        let execution = context.execution
        let template = options.operands.first ?? "tmp.XXXXXXXXXX"
        let inTemporary = options.operands.isEmpty || options.has("t") || options.has("p")
        let folder = options.value("p") ?? context.environment("TMPDIR") ?? "/tmp"
        let suffix = options.value("suffix") ?? ""
        guard template.hasSuffix("XXX") || template.contains("XXX") else {
            return context.fail("too few X's in template '\(template)'")
        }
        // The name is random in a real build; here it counts, so that the same script gives the same tree.
        for number in 0..<1_000 {
            var digits = String(number)
            let count = template.utf8.filter { $0 == UInt8(ascii: "X") }.count
            while digits.utf8.count < count { digits = "A" + digits }
            var name = ""
            var rest = digits[...]
            for character in template {
                if character == "X", let digit = rest.first {
                    name.append(digit)
                    rest = rest.dropFirst()
                } else {
                    name.append(character)
                }
            }
            name += suffix
            let text = inTemporary ? "\(folder)/\(name)" : name
            do throws(FileError) {
                let (path, node) = try execution.world.resolve(text)
                guard node == nil else { continue }
                if !options.has("u") {
                    if options.has("d") {
                        try execution.world.make(.directory, mode: 0o700, at: path)
                    } else {
                        try execution.world.make(.file(.bytes([])), mode: 0o600, at: path)
                    }
                }
                context.out(text + "\n")
                return .code(0)
            } catch {
                let kind = options.has("d") ? "directory" : "file"
                let message = error.message
                return context.fail("failed to create \(kind) via template '\(text)': \(message)")
            }
        }
        return context.fail("failed to create file via template '\(template)': File exists")
    }

    private static func truncate(_ context: CommandContext) -> Exit {
        guard let options = context.options("c,no-create o,io-blocks r,reference= s,size=") else { return .code(1) }
        guard let text = options.value("s"), !options.operands.isEmpty else { return missingOperand(context) }
        let execution = context.execution
        for operand in options.operands {
            do throws(FileError) {
                let place = try execution.world.openFile(operand, truncates: text == "0")
                guard text != "0" else { continue }
                guard let size = Int(text), size >= 0,
                    case .file(.bytes(let bytes))? = execution.world.tree.node(at: place)?.kind,
                    size <= min(execution.world.limits.entryBytes, 1 << 24)
                else {
                    execution.world.tree.update(at: place) {
                        $0.kind = .file(
                            .unknown(Unknown(reason: "the file was cut or stretched by truncate", scope: .files))
                        )
                    }
                    continue
                }
                let new =
                    size <= bytes.count
                    ? Array(bytes[..<size]) : bytes + [UInt8](repeating: 0, count: size - bytes.count)
                execution.world.tree.update(at: place) { $0.kind = .file(.bytes(new)) }
            } catch {
                return context.fail("cannot open '\(operand)' for writing: \(error.message)")
            }
        }
        return .code(0)
    }

    private static func mkfifo(_ context: CommandContext) -> Exit {
        guard let options = context.options("m,mode=") else { return .code(1) }
        for text in options.operands {
            do throws(FileError) {
                let (path, node) = try context.execution.world.resolve(text, followLast: false)
                guard node == nil else { throw FileError.exists }
                try context.execution.world.make(.fifo, mode: 0o666 & ~context.execution.world.umask, at: path)
            } catch {
                return context.fail("cannot create fifo '\(text)': \(error.message)")
            }
        }
        return .code(0)
    }
}
