// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, stat; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import ShellMachine
import ShellSyntax
import SystemFiles

/// `stat`: the attributes of files.
enum Stat: CommandModel {
    static let names = ["stat"]
    static let scope = Unknown.Scope.output
    static let dereference = CommandOption.flag("L", "dereference")
    static let filesystem = CommandOption.flag("f", "file-system")
    static let format = CommandOption.value("c", "format")
    static let printed = CommandOption.value("printf")
    static let options: OptionTable? = OptionTable([
        dereference, filesystem, format, printed, .flag("t", "terse"), .value("cached"),
    ])

    /// A file whose attributes are shown.
    private struct File {
        let name: String
        let node: FileNode
        let accounts: AccountFiles
        /// Whether the image has files with several names, so that how many are this one's is not counted.
        let mayHaveNames: Bool

        /// The bytes; nil where they are not known, or for what has none.
        var size: Int? {
            switch node.kind {
            case .file(let content): content.sizeBytes.flatMap { Int(exactly: $0) }
            case .symlink(let target): target.count
            default: nil
            }
        }
    }

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.missingOperand() }
        let accounts = AccountFiles(call.world.tree)
        // Looked up only where it is asked for: it takes a walk over the whole image.
        let showsLinks = (call.value(printed) ?? call.value(format))?.contains("%h") == true
        let hasHardLinks = showsLinks && call.world.hasHardLinks
        var tally = Tally()
        for text in call.operands {
            do throws(FileError) {
                let found = try call.world.resolve(text, followLast: call.has(dereference))
                guard let node = found.node else { throw FileError.missing }
                show(File(name: text, node: node, accounts: accounts, mayHaveNames: hasHardLinks), &call)
            } catch {
                let start = call.isBusybox ? "can't stat" : "cannot statx"
                call.warn("\(start) '\(text)': \(error.message)")
                tally.fail(error.reason(text))
            }
        }
        return tally.outcome
    }

    private static func show(_ file: File, _ call: inout Invocation) {
        let isPrinted = call.has(printed)
        guard let format = call.value(isPrinted ? printed : Self.format), !call.has(filesystem) else {
            call.out([], isUnknown: true)
            return
        }
        var bytes: [UInt8] = []
        var isUnknown = false
        let source = Array(format.utf8)
        var index = 0
        while index < source.count {
            if source[index] == 0x5C, isPrinted {
                let (next, value, _) = EscapeSequences.one(source, index, style: .format, hexadecimal: true)
                bytes += value
                index = next
            } else if source[index] == UInt8(ascii: "%"), index + 1 < source.count {
                if let value = attribute(source[index + 1], file) { bytes += value.utf8 } else { isUnknown = true }
                index += 2
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        if !isPrinted { bytes.append(0x0A) }
        call.out(bytes, isUnknown: isUnknown)
    }

    /// What a letter of the format stands for; nil where it is not known.
    private static func attribute(_ letter: UInt8, _ file: File) -> String? {
        let node = file.node
        switch letter {
        case UInt8(ascii: "%"): return "%"
        case UInt8(ascii: "n"): return file.name
        case UInt8(ascii: "a"): return String(node.mode & 0o7777, radix: 8)
        case UInt8(ascii: "A"): return node.modeText
        case UInt8(ascii: "f"): return String(UInt32(typeBits(node)) | UInt32(node.mode & 0o7777), radix: 16)
        case UInt8(ascii: "u"): return String(node.uid)
        case UInt8(ascii: "g"): return String(node.gid)
        case UInt8(ascii: "U"): return file.accounts.user(numbered: node.uid)?.name ?? "UNKNOWN"
        case UInt8(ascii: "G"): return file.accounts.group(numbered: node.gid)?.name ?? "UNKNOWN"
        case UInt8(ascii: "s"): return file.size.map(String.init)
        case UInt8(ascii: "F"): return type(file)
        case UInt8(ascii: "h"): return links(file)
        case UInt8(ascii: "Y"): return String(node.modificationTime)
        case UInt8(ascii: "N"):
            if case .symlink(let target) = node.kind {
                return "'\(file.name)' -> '\(String(decoding: target, as: UTF8.self))'"
            }
            return "'\(file.name)'"
        default: return nil
        }
    }

    private static func type(_ file: File) -> String? {
        switch file.node.kind {
        case .directory: "directory"
        case .symlink: "symbolic link"
        case .character: "character special file"
        case .block: "block special file"
        case .fifo: "fifo"
        case .file, .hardLink: file.size == 0 ? "regular empty file" : file.size == nil ? nil : "regular file"
        }
    }

    private static func links(_ file: File) -> String? {
        switch file.node.kind {
        case .symlink: "1"
        case .file: file.mayHaveNames ? nil : "1"
        default: nil
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
}
