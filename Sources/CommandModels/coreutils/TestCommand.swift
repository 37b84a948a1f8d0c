// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, test.

import Diagnostics
import ShellMachine

/// `test` and `[`: asks about files, texts and numbers.
enum TestCommand: CommandModel {
    static let names = ["test", "["]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil
    static let takesUnknownWords = true

    static func run(_ call: inout Invocation) -> Outcome {
        var words = Array(call.words.dropFirst())
        if call.name == "[" {
            guard words.last?.bytes == [UInt8(ascii: "]")] else {
                let isBash = call.isBuiltin && call.flavor == .gnu
                return call.fail(isBash ? "missing `]'" : "missing ]", code: 2)
            }
            words.removeLast()
        }
        var expression = TestExpression(words, call)
        let answer = expression.evaluate(&call)
        if let message = expression.message { return call.fail(message, code: 2) }
        return answer.map { .code($0 ? 0 : 1) } ?? .unknown
    }
}
