// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, cp, mv, "Synopsis"; GNU coreutils 9.1, "Target directory".

import ShellMachine

/// What `cp`, `mv` and `install` take from where to where.
struct CopyTargets {
    static let targetFolder = CommandOption.value("t", "target-directory", is: .path)
    static let noTargetFolder = CommandOption.flag("T", "no-target-directory")

    /// Sources and, for each, the exact place.
    let pairs: [(source: String, target: String)]

    /// The name behind the last slash.
    static func last(_ text: String) -> String { text.split(separator: "/").last.map(String.init) ?? "" }

    /// Reads a program's operands; nil after a message.
    init?(_ call: inout Invocation) {
        var operands = call.operands
        if let folder = call.value(Self.targetFolder) {
            guard call.world.isFolder(folder) else {
                call.warn("target directory '\(folder)': No such file or directory")
                return nil
            }
            pairs = operands.map { ($0, folder + "/" + Self.last($0)) }
            return
        }
        guard let target = operands.popLast() else {
            Self.complain("missing file operand", &call)
            return nil
        }
        guard !operands.isEmpty else {
            Self.complain("missing destination file operand after '\(target)'", &call)
            return nil
        }
        if !call.has(Self.noTargetFolder), call.world.isFolder(target) {
            pairs = operands.map { source in
                let name = Self.last(source)
                if name.isEmpty || name == "." || name == ".." { return (source, target) }
                return (source, target + (target.hasSuffix("/") ? "" : "/") + name)
            }
            return
        }
        guard operands.count == 1 else {
            call.warn(
                call.isBusybox ? "'\(target)' is not a directory" : "target '\(target)': No such file or directory"
            )
            return nil
        }
        pairs = [(operands[0], target)]
    }

    private static func complain(_ message: String, _ call: inout Invocation) {
        if call.isBusybox {
            _ = call.missingOperand()
        } else {
            call.err("\(call.name): \(message)\nTry '\(call.name) --help' for more information.\n")
        }
    }
}

extension Invocation {
    /// Whether nobody answers a program's questions: standard input is empty, as in a build.
    mutating func nobodyAnswers() -> Bool {
        let answers = world.readInput()
        return !answers.isUnknown && answers.bytes.isEmpty
    }
}
