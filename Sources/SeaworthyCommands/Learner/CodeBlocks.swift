// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import HostFiles
import Lessons
import Workbench
import Workspaces

/// `seaworthy copy`: the exact bytes of a numbered code block of the step.
struct Copy: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Print code block N of this step exactly."
    )

    @Argument(help: "The number beside the block.")
    var number: Int

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        let block = try session.library.codeBlock(number, of: session.step, in: session.lesson)
        if options.printing.json {
            try runtime.console.print(json: BlockDocument(number, block, file: block.saveAs))
        } else {
            runtime.console.print(bytes: Array(block.content.utf8))
        }
        return .success
    }
}

/// `seaworthy save`: write a numbered code block to the file that it is meant for.
struct Save: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Write code block N of this step to its file."
    )

    @Argument(help: "The number beside the block.")
    var number: Int

    @Option(help: "The file below the workspace, when the block names none.")
    var to: String?

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        let block = try session.library.codeBlock(number, of: session.step, in: session.lesson)
        guard let name = to ?? block.saveAs else {
            throw Failure(.usage, "block \(number) is not meant for a file", fix: "name one with --to FILE")
        }
        let folder = try session.needsWorkspace().path
        let parts = name.split(separator: "/")
        guard !name.hasPrefix("/"), !parts.isEmpty, !parts.contains(".."), !parts.contains(".seaworthy") else {
            throw Failure(.usage, "the file must lie below the workspace", at: .file(name))
        }
        _ = try session.keeper.snapshot(try session.needsWorkspace())
        let path = folder + "/" + name
        if parts.count > 1 { try HostFile.makeFolder(HostFile.folder(of: path)) }
        try HostFile.writeAtomically(Array(block.content.utf8), to: path)
        if options.printing.json {
            try runtime.console.print(json: BlockDocument(number, block, file: name))
        } else {
            runtime.console.print("Wrote \(name).")
        }
        return .success
    }
}

/// A code block as JSON, and the file that it is meant for or was written to.
private struct BlockDocument: Encodable {
    let number: Int
    let language: String
    let file: String?
    let content: String

    init(_ number: Int, _ block: LessonCodeBlock, file: String?) {
        self.number = number
        language = block.language
        self.file = file
        content = block.content
    }
}
