// SPDX-License-Identifier: Apache-2.0
//
// Source: glibc manual, "Parsing Long Options with getopt_long".

import Diagnostics
import ImageFilesystem
import OCISpec

/// Options and operands of a command line.
struct CommandOptions {
    /// An option that is wrong, in the words of each world.
    struct Problem {
        var gnu: String
        var busybox: String
    }

    /// The options in order, by the first spelling of each; the value where one is taken.
    private(set) var given: [(key: String, value: String?)] = []
    /// What is no option.
    private(set) var operands: [String] = []
    private(set) var problem: Problem?

    private struct Option {
        var key: String
        var spellings: [String]
        /// 0 none, 1 needed, 2 optional.
        var takes: Int
    }

    /// Reads arguments.
    ///
    /// - Parameter specification: options divided by blanks, spellings by commas; `=` behind them for a value, `=?` for one that
    ///   may be left out: `r,R,recursive m,mode=`.
    init(_ arguments: [String], _ specification: String, stopsAtOperand: Bool = false) {
        let options = specification.split(separator: " ").map { item -> Option in
            var text = item
            var takes = 0
            if text.hasSuffix("=?") {
                takes = 2
                text = text.dropLast(2)
            } else if text.hasSuffix("=") {
                takes = 1
                text = text.dropLast()
            }
            let spellings = text.split(separator: ",").map(String.init)
            return Option(key: spellings.first ?? "", spellings: spellings, takes: takes)
        }
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            if argument == "--" {
                operands += arguments[index...]
                return
            }
            if argument.hasPrefix("--") {
                let body = argument.dropFirst(2)
                let equals = body.firstIndex(of: "=")
                let name = String(body[..<(equals ?? body.endIndex)])
                var matches = options.filter { $0.spellings.contains { $0.utf8.count > 1 && $0 == name } }
                if matches.isEmpty {
                    matches = options.filter { $0.spellings.contains { $0.utf8.count > 1 && $0.hasPrefix(name) } }
                }
                guard let option = matches.first, matches.count == 1 else {
                    let text =
                        matches.isEmpty ? "unrecognized option '\(argument)'" : "option '\(argument)' is ambiguous"
                    problem = Problem(
                        gnu: text,
                        busybox: (matches.isEmpty ? "unrecognized option: " : "option is ambiguous: ") + body
                    )
                    return
                }
                var value = equals.map { String(body[body.index(after: $0)...]) }
                if option.takes == 1, value == nil {
                    guard index < arguments.count else {
                        problem = Problem(
                            gnu: "option '\(argument)' requires an argument",
                            busybox: "option requires an argument: \(name)"
                        )
                        return
                    }
                    value = arguments[index]
                    index += 1
                } else if option.takes == 0, value != nil {
                    let text = "option '--\(name)' doesn't allow an argument"
                    problem = Problem(gnu: text, busybox: text)
                    return
                }
                given.append((option.key, value))
                continue
            }
            guard argument.utf8.count > 1, argument.utf8.first == UInt8(ascii: "-") else {
                if stopsAtOperand {
                    operands += arguments[(index - 1)...]
                    return
                }
                operands.append(argument)
                continue
            }
            var rest = argument.unicodeScalars.dropFirst()
            while let letter = rest.first {
                rest = rest.dropFirst()
                let text = String(Character(letter))
                guard let option = options.first(where: { $0.spellings.contains(text) }) else {
                    problem = Problem(gnu: "invalid option -- '\(text)'", busybox: "unrecognized option: \(text)")
                    return
                }
                guard option.takes == 1 else {
                    if option.takes == 2, !rest.isEmpty {
                        given.append((option.key, String(String.UnicodeScalarView(rest))))
                        rest = rest.dropFirst(rest.count)
                    } else {
                        given.append((option.key, nil))
                    }
                    continue
                }
                if !rest.isEmpty {
                    given.append((option.key, String(String.UnicodeScalarView(rest))))
                } else {
                    guard index < arguments.count else {
                        problem = Problem(
                            gnu: "option requires an argument -- '\(text)'",
                            busybox: "option requires an argument: \(text)"
                        )
                        return
                    }
                    given.append((option.key, arguments[index]))
                    index += 1
                }
                rest = rest.dropFirst(rest.count)
            }
        }
    }

    /// Whether an option was given.
    func has(_ key: String) -> Bool { given.contains { $0.key == key } }

    /// The value of the last of that name.
    func value(_ key: String) -> String? { given.last { $0.key == key }?.value }

    /// The values of all of that name.
    func values(_ key: String) -> [String] { given.filter { $0.key == key }.compactMap(\.value) }
}
