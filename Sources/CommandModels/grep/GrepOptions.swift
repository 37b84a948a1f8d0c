// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import ShellMachine

/// The options of `grep` and its kin.
enum GrepOptions {
    static let extended = CommandOption.flag("E", "extended-regexp")
    static let fixed = CommandOption.flag("F", "fixed-strings")
    static let expression = CommandOption.value("e", "regexp", repeatable: true)
    static let ignoresCase = CommandOption.flag("i", "y", "ignore-case")
    static let inverted = CommandOption.flag("v", "invert-match")
    static let words = CommandOption.flag("w", "word-regexp")
    static let wholeLines = CommandOption.flag("x", "line-regexp")
    static let count = CommandOption.flag("c", "count")
    static let filesWith = CommandOption.flag("l", "files-with-matches")
    static let filesWithout = CommandOption.flag("L", "files-without-match")
    static let numbers = CommandOption.flag("n", "line-number")
    static let onlyMatching = CommandOption.flag("o", "only-matching")
    static let quiet = CommandOption.flag("q", "quiet", "silent")
    static let noMessages = CommandOption.flag("s", "no-messages")
    static let noNames = CommandOption.flag("h", "no-filename")
    static let names = CommandOption.flag("H", "with-filename")
    static let recursive = CommandOption.flag("r", "recursive")
    static let recursiveThroughLinks = CommandOption.flag("R", "dereference-recursive")
    static let maximum = CommandOption.value("m", "max-count", is: .number)
    static let after = CommandOption.value("A", "after-context", is: .number)
    static let before = CommandOption.value("B", "before-context", is: .number)
    static let around = CommandOption.value("C", "context", is: .number)
    /// Those that are not followed.
    static let others: [CommandOption] = [
        .flag("P", "perl-regexp"), .value("f", "file", is: .path), .flag("z", "null-data"), .flag("Z", "null"),
        .flag("b"), .value("include"), .value("exclude"), .value("exclude-dir"),
    ]
    static let table = OptionTable(
        [
            extended, fixed, expression, ignoresCase, inverted, words, wholeLines, count, filesWith, filesWithout,
            numbers, onlyMatching, quiet, noMessages, noNames, names, recursive, recursiveThroughLinks, maximum, after,
            before, around, .flag("G", "basic-regexp"), .flag("a", "text"), .flag("I"), .flag("U"),
            .optionalValue("color"),
        ] + others
    )

    /// Says that an option is wrong; the kin speak as `grep`.
    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        call.err("grep: \(problem.gnuMessage)\nUsage: grep [OPTION]... PATTERNS [FILE]...\n")
        return .code(2, reason: problem.reason(call))
    }
}
