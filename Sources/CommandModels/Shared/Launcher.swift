// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine

/// A program that does nothing but run another one.
protocol Launcher: CommandModel {
    /// Whether options of its own may stand before the other program; they change nothing of what that one does.
    static var takesOptions: Bool { get }
}

extension Launcher {
    static var scope: Unknown.Scope { .filesystem }
    static var options: OptionTable? { nil }
    static var takesOptions: Bool { true }

    static func run(_ call: inout Invocation) -> Outcome {
        let words = call.words.dropFirst()
        return call.launch(Array(takesOptions ? words.drop { $0.string.hasPrefix("-") } : words))
    }
}
