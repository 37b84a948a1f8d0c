// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation

/// The whole program: which of its two faces it shows, and how it ends.
public enum Program {
    /// Runs the program with the process's own arguments and ends the process.
    ///
    /// Called as `docker` it answers as `docker` does in the lesson's shell.
    public static func main() -> Never {
        // A process starts in the C locale, where libarchive gives no UTF-8 names.
        #if os(macOS)
            setlocale(LC_CTYPE, "en_US.UTF-8")
        #else
            setlocale(LC_CTYPE, "C.UTF-8")
        #endif
        signal(SIGPIPE, SIG_IGN)
        let arguments = CommandLine.arguments
        let name = arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""
        let words = Array(arguments.dropFirst())
        if name == "docker" { exit(DockerFace.run(words)) }
        if let stranger = Application.unknownCommand(words) {
            Runtime().console.report(stranger)
            exit(ExitStatus.usage.rawValue)
        }
        exit(run(Application.self, words))
    }

    /// Parses and runs a command.
    ///
    /// - Returns: the exit code. Help and usage errors are printed as the parser words them.
    static func run(_ root: any ParsableCommand.Type, _ words: [String]) -> Int32 {
        do {
            var command = try root.parseAsRoot(ScoutCommand.ordered(words))
            try command.run()
            return 0
        } catch let exit as ExitCode {
            return exit.rawValue
        } catch {
            // The message quotes what was typed, and a script may have typed what a file's name says.
            let message = root.fullMessage(for: error).harmless
            let code = root.exitCode(for: error).rawValue
            if !message.isEmpty {
                let console = Runtime().console
                if code == 0 { console.print(message) } else { console.remark(message) }
            }
            return code
        }
    }
}
