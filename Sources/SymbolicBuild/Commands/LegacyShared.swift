// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

// What the families that are still to come into the new form take from those that have: gone with the last of them.

enum FolderCommands {
    /// What a tool that lacks operands says.
    static func missingOperand(_ context: CommandContext) -> Exit {
        if context.isBusybox {
            context.err("BusyBox v1.36.1 multi-call binary.\n\nUsage: \(context.name)\n")
        } else {
            context.err("\(context.name): missing operand\nTry '\(context.name) --help' for more information.\n")
        }
        return .code(1)
    }
}

enum ReadingCommands {
    static func input(_ context: CommandContext, _ files: [String]) -> (texts: [(name: String, text: Text)], exit: Int)
    {
        var result: [(String, Text)] = []
        var exit = 0
        for file in files.isEmpty ? ["-"] : files {
            switch file {
            case "-", "/dev/stdin": result.append((file, context.readInput()))
            case "/dev/null": result.append((file, Text([])))
            default:
                do throws(FileError) {
                    result.append((file, try context.execution.world.readFile(file)))
                } catch {
                    context.warn(
                        context.isBusybox ? "can't open '\(file)': \(error.message)" : "\(file): \(error.message)"
                    )
                    exit = 1
                }
            }
        }
        return (result, exit)
    }

    static func lines(_ bytes: [UInt8]) -> [[UInt8]] { TextInput.lines(bytes) }
}
