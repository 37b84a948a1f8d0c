// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, env; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `env`: shows the environment, or runs a program in another one.
enum Env: CommandModel {
    static let names = ["env"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let kept = (call.environment, call.world.workingDirectory)
        let words = changed(Array(call.words.dropFirst()), &call)
        let outcome: Outcome
        if words.isEmpty {
            show(&call)
            outcome = .success
        } else {
            outcome = call.launch(words)
        }
        (call.environment, call.world.workingDirectory) = kept
        return outcome
    }

    /// Writes the environment, sorted by name.
    static func show(_ call: inout Invocation) {
        for (name, value) in call.environment.sorted(by: { $0.key < $1.key }) {
            call.out(Array(name.utf8) + [0x3D] + value.bytes + [0x0A], isUnknown: value.isUnknown)
        }
    }

    /// Changes the environment as the words in front say; answers the rest.
    private static func changed(_ all: [Text], _ call: inout Invocation) -> [Text] {
        var words = all
        while let first = words.first?.string {
            if first == "-i" || first == "-" || first == "--ignore-environment" {
                call.environment = [:]
                words.removeFirst()
            } else if first == "-u", words.count > 1 {
                call.environment[words[1].string] = nil
                words.removeFirst(2)
            } else if first == "-C", words.count > 1 {
                call.world.workingDirectory = call.world.path(words[1].string)
                words.removeFirst(2)
            } else if first == "-S", words.count > 1 {
                let pieces = words[1].string.split(separator: " ").map { Text(String($0)) }
                words.replaceSubrange(0...1, with: pieces)
            } else if first.hasPrefix("--unset=") {
                call.environment[String(first.dropFirst(8))] = nil
                words.removeFirst()
            } else if first == "-0" || first == "--" {
                words.removeFirst()
            } else if let equals = first.firstIndex(of: "="), equals != first.startIndex {
                call.environment[String(first[..<equals])] = Text(String(first[first.index(after: equals)...]))
                words.removeFirst()
            } else {
                break
            }
        }
        return words
    }
}
