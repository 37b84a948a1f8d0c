// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, touch; GNU coreutils 9.1; BusyBox 1.36.

import CivilTime
import Diagnostics
import ImageFilesystem
import ShellMachine

/// `touch`: sets the times of files, and makes those that are not there.
enum Touch: CommandModel {
    static let names = ["touch"]
    static let scope = Unknown.Scope.files
    static let makesNone = CommandOption.flag("c", "no-create")
    static let date = CommandOption.value("d", "date")
    static let noFollow = CommandOption.flag("h", "no-dereference")
    static let reference = CommandOption.value("r", "reference", is: .path)
    static let stamp = CommandOption.value("t")
    static let options: OptionTable? = OptionTable([
        .flag("a"), makesNone, date, .flag("f"), noFollow, .flag("m"), reference, stamp, .value("time"),
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else {
            if call.isBusybox { return call.missingOperand() }
            call.err("touch: missing file operand\nTry 'touch --help' for more information.\n")
            return .code(1)
        }
        var time = call.world.epochSeconds
        let referenced: FileNode?
        do throws(Ending) { referenced = try call.referenceFile(reference) } catch { return error.outcome }
        if let referenced {
            time = referenced.modificationTime
        } else if let text = call.value(date) ?? call.value(stamp) {
            guard let given = call.has(date) ? Self.time(text) : Self.time(stamp: text) else {
                // The files are made all the same; only when they were changed is not known.
                call.world.note("the time \(text) that touch sets is not followed", .output)
                return touchAll(time, &call)
            }
            time = given
        }
        return touchAll(time, &call)
    }

    /// `@SECONDS`, a day, or a day and a time of it, in UTC as in a container; nil for anything else.
    private static func time(_ text: String) -> Int? {
        if text.hasPrefix("@") { return Int(text.dropFirst()) }
        let fields = text.split { $0 == " " || $0 == "T" }
        guard let first = fields.first, fields.count <= 3 else { return nil }
        var clock = fields.count > 1 ? String(fields[1]) : "00:00:00"
        if fields.count == 3, fields[2] != "UTC" && fields[2] != "Z" { return nil }
        if clock.hasSuffix("Z") { clock.removeLast() }
        if clock.utf8.count == 5 { clock += ":00" }
        return Instant(parsing: "\(first)T\(clock)Z")?.epochSeconds
    }

    /// `-t [[CC]YY]MMDDhhmm[.ss]`, with the year; nil without one.
    private static func time(stamp text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var digits = String(parts[0])
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), parts.count <= 2 else { return nil }
        if digits.utf8.count == 10, let year = Int(digits.prefix(2)) { digits = (year < 69 ? "20" : "19") + digits }
        guard digits.utf8.count == 12 else { return nil }
        func field(_ start: Int, _ count: Int) -> Substring { digits.dropFirst(start).prefix(count) }
        let seconds = parts.count == 2 ? parts[1] : "00"
        return time("\(field(0, 4))-\(field(4, 2))-\(field(6, 2)) \(field(8, 2)):\(field(10, 2)):\(seconds)")
    }

    private static func touchAll(_ time: Int, _ call: inout Invocation) -> Outcome {
        var tally = Tally()
        for text in call.operands {
            do throws(FileError) {
                try touch(text, time, &call)
            } catch {
                if error == .missing, call.has(makesNone) { continue }
                call.warn(call.isBusybox ? "\(text): \(error.message)" : "cannot touch '\(text)': \(error.message)")
                tally.fail(error.reason(text))
            }
        }
        return tally.outcome
    }

    private static func touch(_ text: String, _ time: Int, _ call: inout Invocation) throws(FileError) {
        let (path, node) = try call.world.resolve(text, followLast: !call.has(noFollow))
        if let node {
            guard call.world.isAllowed(2, node) || node.uid == call.world.user.uid else { throw FileError.denied }
        } else {
            if call.has(makesNone) { return }
            guard text.utf8.last != 0x2F else { throw FileError.missing }
            try call.world.make(.file(.bytes([])), mode: 0o666 & ~call.world.umask, at: path)
        }
        call.world.tree.update(at: path) { $0.modificationTime = time }
    }
}
