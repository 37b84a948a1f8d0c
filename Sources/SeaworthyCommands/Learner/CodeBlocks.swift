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
            try runtime.console.print(json: BlockDocument(number, block, file: block.file))
        } else {
            runtime.console.print(bytes: Array(block.content.utf8))
        }
        return .success
    }
}

/// `seaworthy save`: put a numbered code block into the file that it is meant for.
struct Save: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Put code block N of this step into its file; `undo` takes it back.",
        discussion: "A few lines go to their place in the file; a whole file takes the place of yours, which is kept."
    )

    @Argument(help: "The number beside the block.")
    var number: Int

    @Option(help: "The file below the workspace, when the block names none or another one.")
    var to: String?

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        let block = try session.library.codeBlock(number, of: session.step, in: session.lesson)
        let place = try session.needsWorkspace()
        guard let name = to ?? block.file else {
            throw Failure(
                .usage,
                "block \(number) is not meant for a file",
                fix: block.isRunnable
                    ? "it is a command: type it in `seaworthy shell`, or name a file with --to FILE"
                    : "name one with --to FILE"
            )
        }
        let path =
            try to.map { try WorkspaceArgument.path($0, in: place, runtime) }
            ?? WorkspaceArgument.path(place.path + "/" + name, in: place, runtime)
        let there = try Self.contents(of: path, in: place, limit: runtime.limits.entryBytes)
        let bytes = try Self.bytes(block, number, there: there, path: path)
        let change = try bytes.flatMap { try session.keeper.save($0, to: path, in: place, now: runtime.now) }
        if options.printing.json {
            try runtime.console.print(
                json: BlockDocument(number, block, file: path.description, isWritten: change != nil)
            )
        } else if change == nil {
            runtime.console.print("\(path.description.harmless) has these lines already; nothing was changed.")
        } else if there == nil {
            runtime.console.print("Wrote \(path.description.harmless). `seaworthy undo` takes that back.")
        } else {
            let what = block.placement == nil ? "Replaced" : "Put block \(number) into"
            runtime.console.print("\(what) \(path.description.harmless). `seaworthy undo` takes that back.")
        }
        return .success
    }

    /// What the file becomes; nil when it stays as it is.
    private static func bytes(_ block: LessonCodeBlock, _ number: Int, there: [UInt8]?, path: WorkspacePath) throws
        -> [UInt8]?
    {
        let content = Array(block.content.utf8)
        guard let there, !there.isEmpty else { return content }
        if let placement = block.placement {
            return try BlockPlacer(block.content, at: placement).placed(in: there, of: path.description)
        }
        let isPart = block.language == "dockerfile" && BlockPlacer.isPart(content)
        guard !(isPart && !BlockPlacer.isPart(there)) else {
            throw Failure(
                .usage,
                "block \(number) is a part of a Dockerfile, and would take the place of all of yours",
                at: .file(path.description),
                fix: "put its lines where the step says; `seaworthy copy \(number)` prints them"
            )
        }
        return content
    }

    /// The bytes of a file of the work, no link followed; nil when there is none.
    private static func contents(of path: WorkspacePath, in place: Workspace, limit: Int) throws -> [UInt8]? {
        let host = place.path + "/" + String(decoding: path.bytes, as: UTF8.self)
        guard HostFile.kindOfLink(host) != .symlink else {
            throw Failure(
                .usage,
                "a link stands there, and what it leads to is not written through it",
                at: .file(path.description),
                fix: "name the file itself with --to FILE"
            )
        }
        guard HostFile.kindOfLink(host) == .file else { return nil }
        return try HostFile.read(host, limit: limit, followsLinks: false)
    }
}

/// A code block as JSON, and the file that it is meant for or was written to.
private struct BlockDocument: Encodable {
    let number: Int
    let language: String
    let file: String?
    let content: String
    /// Whether the file was written; null for a block that was only printed.
    let isWritten: Bool?

    init(_ number: Int, _ block: LessonCodeBlock, file: String?, isWritten: Bool? = nil) {
        self.number = number
        self.isWritten = isWritten
        language = block.language
        self.file = file
        content = block.content
    }
}
