// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1: stat, sha256sum, sha512sum, base64.

import Archives
import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// What is known of files without reading them as text: attributes and digests.
enum StatCommands: CommandFamily {
    static let models: [String: CommandModel] = [
        "stat": CommandModel(.output, stat),
        "sha256sum": CommandModel(.output) { checksum($0, .sha256) },
        "sha512sum": CommandModel(.output) { checksum($0, .sha512) },
        "base64": CommandModel(.output, base64),
    ]

    // MARK: stat

    private static func stat(_ context: CommandContext) -> Exit {
        guard let options = context.options("L,dereference f,file-system c,format= printf= t,terse cached=") else {
            return .code(1)
        }
        guard !options.operands.isEmpty else { return FolderCommands.missingOperand(context) }
        let execution = context.execution
        let printed = options.value("printf")
        let format = printed ?? options.value("c")
        let accounts = AccountFiles(execution.state.tree)
        var exit = 0
        for text in options.operands {
            let found: (path: ImagePath, node: FileNode?)
            do throws(FileError) {
                found = try execution.resolve(text, followLast: options.has("L"))
                guard found.node != nil else { throw FileError.missing }
            } catch {
                context.warn(
                    context.isBusybox
                        ? "can't stat '\(text)': \(error.message)" : "cannot statx '\(text)': \(error.message)"
                )
                exit = 1
                continue
            }
            guard let node = found.node, let format, !options.has("f") else {
                context.out([], isUnknown: true)
                continue
            }
            var bytes: [UInt8] = []
            var isUnknown = false
            let source = Array(format.utf8)
            var index = 0
            while index < source.count {
                if source[index] == 0x5C, printed != nil {
                    let (next, value, _) = EscapeSequences.one(source, index, style: .format, hexadecimal: true)
                    bytes += value
                    index = next
                    continue
                }
                guard source[index] == UInt8(ascii: "%"), index + 1 < source.count else {
                    bytes.append(source[index])
                    index += 1
                    continue
                }
                if let value = attribute(source[index + 1], text, found.path, node, accounts, execution) {
                    bytes += Array(value.utf8)
                } else {
                    isUnknown = true
                }
                index += 2
            }
            if printed == nil { bytes.append(0x0A) }
            context.out(bytes, isUnknown: isUnknown)
        }
        return .code(exit)
    }

    /// What a letter of the format stands for; nil where it is not known.
    private static func attribute(
        _ letter: UInt8,
        _ text: String,
        _ path: ImagePath,
        _ node: FileNode,
        _ accounts: AccountFiles,
        _ execution: Execution
    ) -> String? {
        let size: Int? =
            switch node.kind {
            case .file(let content): content.sizeBytes.flatMap { Int(exactly: $0) }
            case .symlink(let target): target.count
            default: nil
            }
        switch letter {
        case UInt8(ascii: "%"): return "%"
        case UInt8(ascii: "n"): return text
        case UInt8(ascii: "a"): return String(node.mode & 0o7777, radix: 8)
        case UInt8(ascii: "A"): return letters(node)
        case UInt8(ascii: "f"): return String(UInt32(typeBits(node)) | UInt32(node.mode & 0o7777), radix: 16)
        case UInt8(ascii: "u"): return String(node.uid)
        case UInt8(ascii: "g"): return String(node.gid)
        case UInt8(ascii: "U"): return accounts.user(numbered: Int(node.uid))?.name ?? "UNKNOWN"
        case UInt8(ascii: "G"): return accounts.group(numbered: Int(node.gid))?.name ?? "UNKNOWN"
        case UInt8(ascii: "s"): return size.map(String.init)
        case UInt8(ascii: "F"):
            switch node.kind {
            case .directory: return "directory"
            case .symlink: return "symbolic link"
            case .character: return "character special file"
            case .block: return "block special file"
            case .fifo: return "fifo"
            case .file, .hardLink: return size == 0 ? "regular empty file" : size == nil ? nil : "regular file"
            }
        case UInt8(ascii: "h"):
            if case .symlink = node.kind { return "1" }
            if case .file = node.kind, !execution.hasHardLinks { return "1" }
            return nil
        case UInt8(ascii: "Y"): return String(node.modificationTime)
        case UInt8(ascii: "N"):
            if case .symlink(let target) = node.kind {
                return "'\(text)' -> '\(String(decoding: target, as: UTF8.self))'"
            }
            return "'\(text)'"
        default: return nil
        }
    }

    private static func typeBits(_ node: FileNode) -> UInt16 {
        switch node.kind {
        case .directory: 0o040000
        case .symlink: 0o120000
        case .character: 0o020000
        case .block: 0o060000
        case .fifo: 0o010000
        case .file, .hardLink: 0o100000
        }
    }

    /// The mode as `ls -l` writes it.
    static func letters(_ node: FileNode) -> String {
        let type: String =
            switch node.kind {
            case .directory: "d"
            case .symlink: "l"
            case .character: "c"
            case .block: "b"
            case .fifo: "p"
            case .file, .hardLink: "-"
            }
        return type + permissions(node.mode)
    }

    /// The nine letters of a mode.
    static func permissions(_ mode: UInt16) -> String {
        func triple(_ shift: UInt16, _ special: UInt16, _ letter: String) -> String {
            let bits = mode >> shift
            let isSpecial = mode & special != 0
            let last = bits & 1 != 0 ? (isSpecial ? letter : "x") : (isSpecial ? letter.uppercased() : "-")
            return (bits & 4 != 0 ? "r" : "-") + (bits & 2 != 0 ? "w" : "-") + last
        }
        return triple(6, 0o4000, "s") + triple(3, 0o2000, "s") + triple(0, 0o1000, "t")
    }

    // MARK: Digests

    private static func checksum(_ context: CommandContext, _ algorithm: OCISpec.Digest.Algorithm) -> Exit {
        guard
            let options = context.options(
                "b,binary c,check t,text tag z,zero quiet status strict w,warn ignore-missing s"
            )
        else { return .code(1) }
        let (texts, exit) = ReadingCommands.input(context, options.operands)
        guard options.has("c") else {
            if options.has("tag") || options.has("z") {
                return context.unknown("this use of \(context.name) is not followed", .output)
            }
            for (name, text) in texts {
                context.execution.charge(text.bytes.count / 65_536)
                let mark = options.has("b") ? "*" : " "
                let digest = BlobHasher.hex(text.bytes, algorithm)
                context.out("\(digest) \(mark)\(name)\n", isUnknown: text.isUnknown)
            }
            return .code(exit)
        }
        var failed = exit
        var wrong = 0
        for (_, list) in texts {
            guard !list.isUnknown else { return context.unknown("the digests to check are not known", .output) }
            for line in ReadingCommands.lines(list.bytes) where !line.isEmpty {
                let text = String(decoding: line, as: UTF8.self)
                let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2, parts[0].utf8.count == (algorithm == .sha256 ? 64 : 128),
                    let mark = parts[1].utf8.first, mark == 0x20 || mark == UInt8(ascii: "*")
                else {
                    wrong += 1
                    continue
                }
                let file = String(parts[1].dropFirst())
                let content: Text
                do throws(FileError) {
                    content = file == "-" ? context.readInput() : try context.execution.readFile(file)
                } catch {
                    context.warn("\(file): \(error.message)")
                    if !options.has("status") { context.out("\(file): FAILED open or read\n") }
                    failed = 1
                    continue
                }
                guard !content.isUnknown else {
                    return context.unknown("whether \(file) has the digest that is expected is not known", .output)
                }
                let isGood = BlobHasher.hex(content.bytes, algorithm) == parts[0].lowercased()
                if !isGood { failed = 1 }
                if !options.has("status"), !(options.has("quiet") && isGood) {
                    context.out("\(file): \(isGood ? "OK" : "FAILED")\n")
                }
            }
            if wrong > 0, wrong == ReadingCommands.lines(list.bytes).filter({ !$0.isEmpty }).count {
                context.warn("'standard input': no properly formatted checksum lines found")
                return .code(1)
            }
        }
        return .code(failed)
    }

    // MARK: base64

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func base64(_ context: CommandContext) -> Exit {
        guard let options = context.options("d,D,decode i,ignore-garbage w,wrap=") else { return .code(1) }
        let (texts, exit) = ReadingCommands.input(context, Array(options.operands.prefix(1)))
        guard let text = texts.first?.text else { return .code(exit) }
        if text.isUnknown {
            context.out([], isUnknown: true)
            return options.has("d") ? .unknown : .code(0)
        }
        if options.has("d") {
            var output: [UInt8] = []
            var bits = 0
            var count = 0
            for byte in text.bytes where byte != 0x0A {
                if byte == UInt8(ascii: "=") { continue }
                guard let value = alphabet.firstIndex(of: byte) else {
                    if options.has("i") { continue }
                    context.out(output)
                    return context.fail("invalid input")
                }
                bits = (bits << 6 | value) & 0xFF_FFFF
                count += 1
                guard count % 4 != 1 else { continue }
                let shift = [0, 0, 4, 2][count % 4]
                output.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
            context.out(output)
            let marks = text.bytes.filter { $0 == UInt8(ascii: "=") }.count
            return (count + marks) % 4 == 0 ? .code(0) : context.fail("invalid input")
        }
        let width = options.value("w").map { Int($0) ?? 76 } ?? 76
        var output: [UInt8] = []
        var column = 0
        func put(_ byte: UInt8) {
            if width > 0, column == width {
                output.append(0x0A)
                column = 0
            }
            output.append(byte)
            column += 1
        }
        var index = 0
        while index < text.bytes.count {
            let group = Array(text.bytes[index..<min(index + 3, text.bytes.count)])
            var value = 0
            for place in 0..<3 { value = value << 8 | (place < group.count ? Int(group[place]) : 0) }
            for place in 0..<4 {
                put(place <= group.count ? alphabet[(value >> (18 - 6 * place)) & 63] : UInt8(ascii: "="))
            }
            index += 3
        }
        if width > 0, !output.isEmpty { output.append(0x0A) }
        context.out(output)
        return .code(exit)
    }
}

extension BlobHasher {
    /// The digest in hexadecimal digits.
    fileprivate static func hex(_ bytes: [UInt8], _ algorithm: OCISpec.Digest.Algorithm) -> String {
        var hasher = BlobHasher(algorithm)
        hasher.update(bytes)
        return hasher.digest().hex
    }
}
