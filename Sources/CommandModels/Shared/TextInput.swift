// SPDX-License-Identifier: Apache-2.0

import ShellMachine

/// The text that a program reads: of the files named, or of standard input for none and `-`.
struct TextInput {
    /// What could be read, in order, by the name that it was given under.
    private(set) var texts: [(name: String, text: Text)] = []
    /// What could not.
    private(set) var tally = Tally()

    /// Reads, and says which files cannot be read.
    init(_ files: [String], _ call: inout Invocation) {
        for file in files.isEmpty ? ["-"] : files {
            switch file {
            case "-", "/dev/stdin": texts.append((file, call.world.readInput()))
            case "/dev/null": texts.append((file, Text([])))
            default:
                do throws(FileError) {
                    texts.append((file, try call.world.readFile(file)))
                } catch {
                    call.warn(
                        call.isBusybox ? "can't open '\(file)': \(error.message)" : "\(file): \(error.message)"
                    )
                    tally.fail(error.reason(file))
                }
            }
        }
    }

    /// The lines of a text without their ends.
    static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if bytes.isEmpty || bytes.last == 0x0A { lines.removeLast() }
        return lines
    }
}
