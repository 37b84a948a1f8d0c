// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, chmod.

import Diagnostics
import ImageFilesystem
import OCISpec

/// `chmod`.
enum ModeCommands: CommandFamily {
    static let models: [String: LegacyModel] = ["chmod": LegacyModel(.files, chmod)]

    private static func chmod(_ context: CommandContext) -> Exit {
        // `-x`, `-rw` and their kin are modes, not options.
        var arguments = context.arguments
        var mode: String?
        if let index = arguments.firstIndex(where: { text in
            text.utf8.count > 1 && text.hasPrefix("-")
                && text.utf8.dropFirst().allSatisfy { "rwxXstugo,+=-".utf8.contains($0) }
                && !text.hasPrefix("--")
        }), !arguments[..<index].contains(where: { !$0.hasPrefix("-") }) {
            mode = arguments.remove(at: index)
        }
        let options = CommandOptions(
            arguments,
            "c,changes f,silent,quiet v,verbose R,recursive preserve-root no-preserve-root reference="
        )
        if let problem = options.problem {
            context.err("chmod: \(problem.gnu)\nTry 'chmod --help' for more information.\n")
            return .code(1)
        }
        var operands = options.operands
        let execution = context.execution
        if let reference = options.value("reference") {
            guard let node = (try? execution.world.node(reference)) ?? nil else {
                return context.fail("failed to get attributes of '\(reference)': No such file or directory")
            }
            mode = String(node.mode, radix: 8)
        }
        if mode == nil {
            guard !operands.isEmpty else { return FolderCommands.missingOperand(context) }
            mode = operands.removeFirst()
        }
        guard let text = mode, let change = ModeChange(text, umask: execution.world.umask) else {
            return context.fail("invalid mode: '\(mode ?? "")'\nTry 'chmod --help' for more information.")
        }
        guard !operands.isEmpty else {
            return context.fail("missing operand after '\(text)'\nTry 'chmod --help' for more information.")
        }
        var exit = 0
        for operand in operands {
            do throws(FileError) {
                let (path, found) = try execution.world.resolve(operand)
                guard found != nil else { throw FileError.missing }
                var places = [path]
                if options.has("R") {
                    places = []
                    FileWork.walk(execution.world.tree, path) { child, node in
                        if case .symlink = node.kind { return }
                        places.append(child)
                    }
                }
                execution.world.charge(places.count / 16)
                for place in places {
                    let real = execution.world.writablePlace(place)
                    guard let node = execution.world.tree.node(at: real) else { continue }
                    guard execution.world.user.uid == 0 || node.uid == execution.world.user.uid else {
                        let shown = place == path ? operand : place.description
                        context.warn(
                            context.isBusybox
                                ? "\(shown): Operation not permitted"
                                : "changing permissions of '\(shown)': Operation not permitted"
                        )
                        exit = 1
                        continue
                    }
                    if options.has("c") || options.has("v") {
                        let new = change.applied(to: node.mode, isDirectory: node.isDirectory)
                        let rest = place.components.dropFirst(path.components.count)
                        let shown = ([operand] + rest.map { String(decoding: $0, as: UTF8.self) }).joined(
                            separator: "/"
                        )
                        func text(_ mode: UInt16) -> String {
                            let digits = String(mode & 0o7777, radix: 8)
                            let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
                            return "\(zeros)\(digits) (\(StatCommands.permissions(mode)))"
                        }
                        if new != node.mode {
                            context.out("mode of '\(shown)' changed from \(text(node.mode)) to \(text(new))\n")
                        } else if options.has("v") {
                            context.out("mode of '\(shown)' retained as \(text(new))\n")
                        }
                    }
                    execution.world.tree.update(at: real) {
                        $0.mode = change.applied(to: $0.mode, isDirectory: $0.isDirectory)
                        $0.layerIndex = nil
                    }
                }
            } catch {
                let message = error.message
                if !options.has("f") {
                    context.warn(
                        context.isBusybox ? "\(operand): \(message)" : "cannot access '\(operand)': \(message)"
                    )
                }
                exit = 1
            }
        }
        return .code(exit)
    }
}
