// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Synchronization
import Workbench

/// Where commands print: data on standard output, remarks on standard error.
struct Console: Sendable {
    /// Whether standard output is a terminal.
    let isTerminal: Bool
    /// Whether standard error is one.
    let isErrorTerminal: Bool
    /// Columns of the terminal, 20 to 200; 80 where there is none.
    let width: Int
    /// Whether colours are wanted on standard output.
    let usesColour: Bool
    /// Whether only ASCII and no cursor movement is wanted.
    let isPlain: Bool
    private let output = OutputState()

    /// Whether whoever read standard output has gone, as `head` does when it has enough. What is printed from then on is
    /// dropped, and the command ends with the exit code of its work; one that would go on for ever stops.
    var isOutputClosed: Bool { output.isClosed.load(ordering: .relaxed) }

    init(environment: [String: String], colour: ColourChoice = .auto, isPlain: Bool = false) {
        isTerminal = isatty(STDOUT_FILENO) == 1
        isErrorTerminal = isatty(STDERR_FILENO) == 1
        width = Self.width(environment)
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        switch colour {
        case .always: usesColour = true
        case .never: usesColour = false
        case .auto:
            if isSet("NO_COLOR") || environment["TERM"] == "dumb" {
                usesColour = false
            } else if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" {
                usesColour = true
            } else {
                usesColour = isTerminal && environment["CLICOLOR"] != "0"
            }
        }
        let accessible = environment["ACCESSIBLE"].map { !["", "0", "false"].contains($0) } ?? false
        self.isPlain = isPlain || accessible
    }

    private static func width(_ environment: [String: String]) -> Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return min(max(Int(size.ws_col), 20), 200)
        }
        if let text = environment["COLUMNS"], let columns = Int(text) { return min(max(columns, 20), 200) }
        return 80
    }

    /// Prints lines as they are, with a line feed behind.
    func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Prints bytes as they are.
    func print(bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Prints a remark that is no data.
    func remark(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Prints without a line feed on standard error, for progress and questions.
    func prompt(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Prints a failure: what, where, why and what to do.
    func report(_ failure: Failure, isVerbose: Bool = false) {
        var text = "seaworthy: "
        if let place = failure.place { text += place.description.harmless + ": " }
        text += failure.what.harmless
        if let why = failure.why { text += ": " + why.harmless }
        if let fix = failure.fix { text += "\n  \(isPlain ? "->" : "→") " + fix.harmless }
        if isVerbose, let cause = failure.cause { text += "\n  cause: " + String(describing: cause).harmless }
        remark(text)
    }

    /// Asks a yes-or-no question on the terminal; no answer is no.
    func confirm(_ question: String) -> Bool {
        prompt(question + " [y/N] ")
        guard let answer = readLine(strippingNewline: true) else { return false }
        return ["y", "yes"].contains(answer.trimmingCharacters(in: .whitespaces).lowercased())
    }

    private func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private func write(_ bytes: [UInt8], to descriptor: Int32) {
        if descriptor == STDOUT_FILENO, isOutputClosed { return }
        var offset = 0
        bytes.withUnsafeBytes { buffer in
            while offset < buffer.count {
                guard let start = buffer.baseAddress else { return }
                let count = Foundation.write(descriptor, start + offset, buffer.count - offset)
                if count < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    if errno == EPIPE, descriptor == STDOUT_FILENO {
                        output.isClosed.store(true, ordering: .relaxed)
                        return
                    }
                    // There is nobody left to tell when standard error is what cannot be written.
                    guard descriptor == STDOUT_FILENO else { return }
                    let why = String(cString: strerror(errno))
                    write("seaworthy: standard output cannot be written: \(why)\n", to: STDERR_FILENO)
                    Foundation.exit(ExitStatus.inputOutput.rawValue)
                }
                offset += count
            }
        }
    }
}

/// What copies of a console share.
private final class OutputState: Sendable {
    let isClosed = Atomic<Bool>(false)
}

/// What `--color` asks for.
enum ColourChoice: String, CaseIterable, Sendable {
    case auto, always, never
}

extension Console {
    /// Standard output, as `doctor` tells of it.
    var terminal: DoctorChecks.Terminal {
        DoctorChecks.Terminal(columns: isTerminal ? width : nil, usesColour: usesColour)
    }
}
