// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of adduser 3.134 (Debian 12), measured.

import Diagnostics
import ImageFilesystem
import ShellMachine

/// What `adduser` and `deluser` share: the way they read words, and how they say what they do.
enum DebianAccounts {
    static let quiet = CommandOption.flag("quiet", "q")
    static let help = CommandOption.flag("help", "h")
    static let version = CommandOption.flag("version", "v")
    static let system = CommandOption.flag("system")
    static let group = CommandOption.flag("group")
    static let configuration = CommandOption.value("conf", "c", is: .path, repeatable: true)

    /// Reads the words as Perl does; the end where they are wrong or ask for help.
    static func read(_ table: OptionTable, _ call: inout Invocation) throws(Ending) {
        let words = PerlOptions(call.arguments, table)
        for problem in words.problems { call.err(problem.message + "\n") }
        guard words.problems.isEmpty else {
            // A summary of the options follows, whose text is not ours to keep.
            call.out("", isUnknown: true)
            let name = call.name
            let unknown = words.problems.lazy.compactMap(\.unknownOption).first
            throw Ending(
                outcome: .code(
                    1,
                    reason: unknown.map { .optionUnknown(option: $0, program: name, isBusybox: false) }
                )
            )
        }
        call.options = ParsedOptions(given: words.given, operands: words.operands)
        if call.has(help) { throw call.unknownEnding("the text of \(call.name) --help is not known", .output) }
        if call.has(version) { throw call.unknownEnding("the text of \(call.name) --version is not known", .output) }
    }

    /// Says what is done, unless nobody wants to hear it.
    static func say(_ text: String, _ call: inout Invocation) {
        if !call.has(quiet) { call.out(text + "\n") }
    }

    /// Warns, unless nobody wants to hear it.
    static func warn(_ text: String, _ call: inout Invocation) {
        if !call.has(quiet) { call.warn(text) }
    }

    /// Writes the files, and says that it is done.
    static func finish(_ files: AccountFiles, _ call: inout Invocation) -> Outcome {
        files.write(to: &call.world, keepsBackups: true)
        say("Done.", &call)
        return .success
    }

    /// Makes the file that one of these programs holds against others, and leaves behind.
    static func lock(_ call: inout Invocation) {
        guard let place = try? call.world.resolve("/run/adduser"), place.node == nil else { return }
        try? call.world.make(.file(.bytes([])), mode: 0o666 & ~call.world.umask, at: place.path)
    }
}
