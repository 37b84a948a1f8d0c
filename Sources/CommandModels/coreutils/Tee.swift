// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, tee; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `tee`: hands standard input on, and to files.
enum Tee: CommandModel {
    static let names = ["tee"]
    static let scope = Unknown.Scope.files
    static let append = CommandOption.flag("a", "append")
    static let options: OptionTable? = OptionTable([
        append, .flag("i", "ignore-interrupts"), .flag("p"), .optionalValue("output-error"),
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        let text = call.world.readInput()
        call.out(text.bytes, isUnknown: text.isUnknown)
        var tally = Tally()
        for file in call.operands {
            switch file {
            case "/dev/null": continue
            case "/dev/stderr": call.err(text.string)
            case "/dev/stdout": call.out(text.bytes, isUnknown: text.isUnknown)
            default:
                do throws(FileError) {
                    let place = try call.world.openFile(file, truncates: !call.has(append))
                    if !text.bytes.isEmpty || text.isUnknown {
                        call.world.append(text.bytes, isUnknown: text.isUnknown, to: place)
                    }
                } catch {
                    call.warn("\(file): \(error.message)")
                    tally.fail(error.reason(file))
                }
            }
        }
        return tally.outcome
    }
}
