// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    /// Starts a process as the container runtime does: no shell around it.
    func runProcess(_ arguments: [String]) {
        guard let first = arguments.first else {
            status = .code(0)
            return
        }
        let words = arguments.map { Text($0) }
        shell.name = first
        let search = findProgram(first)
        switch search {
        case .found(let program):
            let target = program.path?.name.map { String(decoding: $0, as: UTF8.self) } ?? first
            let base = first.split(separator: "/").last.map(String.init) ?? first
            var isModelled = true
            if case .bytes = program.content { isModelled = false }
            if isModelled, target.hasPrefix("busybox"), base == "sh" || base == "ash" {
                status = runShell(.ash, words, isTop: true)
            } else if isModelled, let dialect = ShellDialect.named(target) {
                status = runShell(dialect, words, isTop: true)
            } else {
                position.errorMark = 0
                status = run(program, words)
                state.record.trace.append(ShellOutcome.Step(arguments: arguments, offset: 0, exit: status))
                recordProblem(words)
            }
        case .uncertain:
            status = unknownCommand("\(first) may have been installed by something that is not known", .filesystem)
        case .missing, .folder, .notExecutable:
            let isMissing = if case .missing = search { true } else { false }
            let place =
                if !isMissing {
                    "permission denied"
                } else if first.utf8.contains(0x2F) {
                    "stat \(first): no such file or directory"
                } else {
                    "executable file not found in $PATH"
                }
            error(
                "runc run failed: unable to start container process: error during container init: exec: \"\(first)\": \(place)\n"
            )
            status = .code(isMissing ? 127 : 126)
            failure = isMissing ? .programMissing(first) : .notPermitted(first)
            recordProblem(words)
        }
    }
}
