// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, printf; dash 0.5.12, bash 5.2 and BusyBox 1.36 where they differ.

import Diagnostics
import ShellMachine

/// `printf`: writes by a format.
enum Printf: CommandModel {
    static let names = ["printf"]
    static let scope = Unknown.Scope.output
    static let takesUnknownWords = true
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let isDash = call.flavor == .dashBuiltin
        var words = Array(call.words.dropFirst())
        var variable: String?
        if let first = words.first?.bytes, first.count > 1, first[0] == UInt8(ascii: "-"), first != Array("--".utf8),
            call.isBuiltin, isDash
        {
            return call.fail("Illegal option \(words[0].string.prefix(2))", code: 2)
        }
        // bash's own alone keeps what it writes in a variable.
        if words.first?.bytes == Array("-v".utf8), words.count > 1, call.isBuiltin, call.flavor == .gnu {
            variable = words[1].string
            words.removeFirst(2)
        }
        if words.first?.bytes == Array("--".utf8) { words.removeFirst() }
        guard let format = words.first else {
            if call.isBuiltin, isDash { return call.fail("usage: printf format [arg ...]", code: 2) }
            call.err("printf: usage: printf [-v var] format [arguments]\n")
            return .code(2)
        }
        var printer = FormatPrinter(
            format: format.bytes,
            arguments: words.dropFirst().map(\.bytes),
            isBash: !isDash
        )
        let isDone = printer.run(limit: min(call.world.limits.entryBytes, 16 << 20))
        for message in printer.messages { call.warn(message) }
        let isUnknown = words.contains(where: \.isUnknown) || printer.usesUnknown
        if printer.usesUnknown { call.world.note("printf of a number like this is not followed", .output) }
        if let variable {
            call.setShellVariable(variable, Text(printer.output, isUnknown: isUnknown))
        } else {
            call.out(printer.output, isUnknown: isUnknown)
        }
        return .code(isDone ? 0 : printer.isMalformed && isDash ? 2 : 1)
    }
}
