// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, mktemp; BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import ShellMachine

/// `mktemp`: makes a file or folder with a name of its own.
///
/// The name is random in a real build; here it counts, so that the same script gives the same tree.
enum Mktemp: CommandModel {
    static let names = ["mktemp"]
    static let scope = Unknown.Scope.files
    static let folder = CommandOption.flag("d", "directory")
    static let dryRun = CommandOption.flag("u", "dry-run")
    static let place = CommandOption.value("p", is: .path)
    static let temporaryFolder = CommandOption.optionalValue("tmpdir", is: .path)
    static let suffix = CommandOption.value("suffix")
    static let temporary = CommandOption.flag("t")
    static let options: OptionTable? = OptionTable([
        folder, dryRun, .flag("q", "quiet"), place, temporaryFolder, suffix, temporary,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        let template = call.operands.first ?? "tmp.XXXXXXXXXX"
        guard template.contains("XXX") else { return call.fail("too few X's in template '\(template)'") }
        let isInTemporary =
            call.operands.isEmpty || call.has(temporary) || call.has(place) || call.has(temporaryFolder)
        let parent =
            call.value(place) ?? call.value(temporaryFolder) ?? call.environment["TMPDIR"]?.string ?? "/tmp"
        let start = isInTemporary ? parent + "/" : ""
        let end = call.value(suffix) ?? ""
        for number in 0..<1_000 {
            guard call.world.charge() else { return .unknown }
            let text = start + filled(template, number) + end
            do throws(FileError) {
                let (path, node) = try call.world.resolve(text)
                guard node == nil else { continue }
                if !call.has(dryRun) {
                    if call.has(folder) {
                        try call.world.make(.directory, mode: 0o700, at: path)
                    } else {
                        try call.world.make(.file(.bytes([])), mode: 0o600, at: path)
                    }
                }
                call.out(text + "\n")
                return .success
            } catch {
                let kind = call.has(folder) ? "directory" : "file"
                return call.fail(
                    "failed to create \(kind) via template '\(text)': \(error.message)",
                    reason: error.reason(text)
                )
            }
        }
        return call.fail("failed to create file via template '\(template)': File exists")
    }

    /// The template with a number for its X's.
    private static func filled(_ template: String, _ number: Int) -> String {
        let count = template.utf8.count(where: { $0 == UInt8(ascii: "X") })
        let digits = String(number)
        var rest = (String(repeating: "A", count: max(0, count - digits.utf8.count)) + digits)[...]
        var name = ""
        for character in template {
            if character == "X", let digit = rest.popFirst() { name.append(digit) } else { name.append(character) }
        }
        return name
    }
}
