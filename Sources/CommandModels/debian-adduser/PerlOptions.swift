// SPDX-License-Identifier: Apache-2.0
//
// Source: perldoc Getopt::Long, as adduser 3.134 uses it: no bundling, one dash or two, any case, unambiguous beginnings.

import ShellMachine

/// The words of a Perl program.
struct PerlOptions {
    /// An option that is wrong.
    enum Problem: Hashable {
        case unknown(String)
        case ambiguous(String, hits: [String])
        case unexpectedValue(String)
        case missingValue(String)
        case notNumber(String, value: String)
    }

    private(set) var given: [ParsedOptions.Given] = []
    private(set) var operands: [String] = []
    /// All that is wrong: the program says everything before it ends.
    private(set) var problems: [Problem] = []

    /// Reads words by a table. A value that is to be a number has to be a whole one.
    init(_ words: [String], _ table: OptionTable) {
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--" {
                operands += words[index...]
                return
            }
            guard word.hasPrefix("-"), word.utf8.count > 1 else {
                operands.append(word)
                continue
            }
            read(word, table, words, &index)
        }
    }

    private mutating func read(_ word: String, _ table: OptionTable, _ words: [String], _ index: inout Int) {
        let body = word.drop { $0 == "-" }
        let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = (parts.first ?? "").lowercased()
        let (found, hits) = Self.find(name, table)
        guard let option = found.first, found.count == 1 else {
            problems.append(found.isEmpty ? .unknown(name) : .ambiguous(name, hits: hits))
            return
        }
        guard option.arity == .required else {
            if parts.count > 1 {
                problems.append(.unexpectedValue(name))
            } else {
                given.append(ParsedOptions.Given(option: option, value: nil))
            }
            return
        }
        let isNumber = option.valueKind == .number
        var value = parts.count > 1 ? parts[1] : nil
        if value == nil, index < words.count {
            let next = words[index]
            if !next.hasPrefix("-") || next.utf8.count == 1 || isNumber && Int(next) != nil {
                value = next
                index += 1
            }
        }
        guard let value else {
            problems.append(.missingValue(name))
            return
        }
        guard !isNumber || Int(value) != nil else {
            problems.append(.notNumber(name, value: value))
            return
        }
        given.append(ParsedOptions.Given(option: option, value: value))
    }

    /// The options that a name may mean, and the spellings that begin with it.
    private static func find(_ name: String, _ table: OptionTable) -> (options: [CommandOption], hits: [String]) {
        let exact = table.options.filter { $0.spellings.contains(name) }
        guard exact.isEmpty, !name.isEmpty else { return (exact, []) }
        let hits = table.options.flatMap(\.spellings).filter { $0.hasPrefix(name) }.sorted()
        return (table.options.filter { $0.spellings.contains { $0.hasPrefix(name) } }, hits)
    }
}

extension PerlOptions.Problem {
    /// What Getopt::Long says.
    var message: String {
        switch self {
        case .unknown(let name): "Unknown option: \(name)"
        case .ambiguous(let name, let hits): "Option \(name) is ambiguous (\(hits.joined(separator: ", ")))"
        case .unexpectedValue(let name): "Option \(name) does not take an argument"
        case .missingValue(let name): "Option \(name) requires an argument"
        case .notNumber(let name, let value): "Value \"\(value)\" invalid for option \(name) (number expected)"
        }
    }

    /// The option where there is none of that name, or not one alone.
    var unknownOption: String? {
        switch self {
        case .unknown(let name), .ambiguous(let name, _): "-" + name
        case .unexpectedValue, .missingValue, .notNumber: nil
        }
    }
}
