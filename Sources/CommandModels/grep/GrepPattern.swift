// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import ShellMachine
import ShellSyntax

/// The patterns of a `grep`, and how they must match.
struct GrepPattern {
    /// Whose patterns they are when no option says so.
    enum Kind { case basic, extended, fixed }

    private let texts: [[UInt8]]
    private let expressions: [RegularExpression]
    private let ignoresCase: Bool
    private let takesWords: Bool
    private let takesLines: Bool
    private let collects: Bool
    private let isInverted: Bool

    /// Reads the patterns; nil where one is not understood.
    init?(_ patterns: [String], _ kind: Kind, _ call: Invocation) {
        let isFixed = call.has(GrepOptions.fixed) || kind == .fixed
        ignoresCase = call.has(GrepOptions.ignoresCase)
        takesWords = call.has(GrepOptions.words)
        takesLines = call.has(GrepOptions.wholeLines)
        collects = call.has(GrepOptions.onlyMatching)
        isInverted = call.has(GrepOptions.inverted)
        let ignoresCase = ignoresCase
        texts = patterns.map { Array($0.utf8).map { ignoresCase ? $0.cased(upper: false) : $0 } }
        var expressions: [RegularExpression] = []
        if !isFixed || takesWords || collects {
            for pattern in patterns {
                let source = isFixed ? Self.escaped(pattern) : Array(pattern.utf8)
                guard
                    let expression = RegularExpression(
                        source,
                        isExtended: !isFixed && (call.has(GrepOptions.extended) || kind == .extended),
                        ignoresCase: ignoresCase
                    )
                else { return nil }
                expressions.append(expression)
            }
        }
        self.expressions = expressions
    }

    private static func escaped(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if ".[]*^$\\".utf8.contains(byte) { result.append(0x5C) }
            result.append(byte)
        }
        return result
    }

    /// Whether a line is one that is looked for, and its matches where they are asked for.
    ///
    /// - Parameter isUnknown: set when it gave up.
    func takes(_ line: [UInt8], _ isUnknown: inout Bool) -> (isTaken: Bool, matches: [Range<Int>]) {
        var matches: [Range<Int>] = []
        let isMatch = expressions.isEmpty ? hasText(line) : match(line, &matches, &isUnknown)
        return (isMatch != isInverted, matches)
    }

    private func hasText(_ line: [UInt8]) -> Bool {
        let text = ignoresCase ? line.map { $0.cased(upper: false) } : line
        return texts.contains { takesLines ? text == $0 : Self.contains(text, $0) }
    }

    private func match(_ line: [UInt8], _ ranges: inout [Range<Int>], _ isUnknown: inout Bool) -> Bool {
        var isMatch = false
        for expression in expressions {
            var start = 0
            while start <= line.count {
                let match = expression.firstMatch(in: line, from: start)
                if expression.gaveUp { isUnknown = true }
                guard let range = match?.range else { break }
                let isGood = isGood(range, line)
                if isGood {
                    isMatch = true
                    if !collects { return true }
                    if !range.isEmpty { ranges.append(range) }
                }
                start = isGood && !range.isEmpty ? range.upperBound : range.lowerBound + 1
                if takesLines { break }
            }
        }
        return isMatch
    }

    private func isGood(_ range: Range<Int>, _ line: [UInt8]) -> Bool {
        func isWord(_ index: Int) -> Bool {
            index >= 0 && index < line.count && ShellParser.isNameByte(line[index], first: false)
        }
        if takesWords, isWord(range.lowerBound - 1) || isWord(range.upperBound) { return false }
        return !takesLines || (range.lowerBound == 0 && range.upperBound == line.count)
    }

    /// Whether bytes hold others; a text without the first byte is passed over quickly.
    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard part.count <= text.count else { return false }
        var index = 0
        while index <= text.count - part.count {
            if text[index] == first, text[index...].starts(with: part) { return true }
            index += 1
        }
        return false
    }
}
