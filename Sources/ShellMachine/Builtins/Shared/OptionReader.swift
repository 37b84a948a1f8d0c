// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// Where `getopts` stands in its words.
struct OptionReader {
    private let machine: Machine
    private let variable: String
    private let specification: [UInt8]
    private let list: [String]
    /// The word at hand from 1, and the letter in it.
    private var index: Int
    private var letter: Int
    private let isPlaceKnown: Bool

    /// Whether nothing is said of wrong options.
    private var isQuiet: Bool { specification.first == UInt8(ascii: ":") }

    /// - Parameter words: the letters, the variable's name, and what to read; without that the positional parameters are read.
    init(_ words: [String], machine: Machine) {
        self.machine = machine
        specification = Array(words[0].utf8)
        variable = words[1]
        list = words.count > 2 ? Array(words.dropFirst(2)) : machine.shell.positional.map(\.string)
        let place = machine.shell.getoptsPlace
        let option = machine.value(of: "OPTIND")
        isPlaceKnown = option?.isUnknown != true
        let shown = Int(option?.string ?? "") ?? 1
        // Setting OPTIND begins anew at that word.
        index = shown == place.shown ? place.index : shown
        letter = shown == place.shown ? place.letter : 1
    }

    private mutating func store(_ name: String, _ argument: String?) {
        machine.set(variable, Text(name))
        if let argument {
            machine.set("OPTARG", Text(argument))
        } else {
            machine.shell.variables["OPTARG"] = nil
        }
        // dash counts a word as soon as it is begun.
        let shown = letter > 1 && machine.dialect != .bash ? index &+ 1 : index
        machine.set("OPTIND", Text(String(shown)))
        machine.shell.getoptsPlace = (shown, index, letter)
    }

    private mutating func goToNextWord() {
        index &+= 1
        letter = 1
    }

    /// Reads one option; how `getopts` ends.
    mutating func next() -> Exit {
        guard isPlaceKnown else {
            machine.set(variable, Text([], isUnknown: true))
            return .unknown
        }
        guard index >= 1, index <= list.count else { return end() }
        let word = Array(list[index - 1].utf8)
        if word == Array("--".utf8) {
            goToNextWord()
            return end()
        }
        guard word.count > 1, word[0] == UInt8(ascii: "-"), letter < word.count else {
            letter = 1
            return end()
        }
        let byte = word[letter]
        let name = String(UnicodeScalar(byte))
        letter += 1
        let rest = word[letter...]
        guard byte != UInt8(ascii: ":"), let found = specification.firstIndex(of: byte) else {
            if rest.isEmpty { goToNextWord() }
            if !isQuiet { machine.shellError("Illegal option -\(name)") }
            store("?", isQuiet ? name : nil)
            return .code(0)
        }
        guard found + 1 < specification.count, specification[found + 1] == UInt8(ascii: ":") else {
            if rest.isEmpty { goToNextWord() }
            store(name, nil)
            return .code(0)
        }
        return takeArgument(of: name, rest)
    }

    private mutating func takeArgument(of name: String, _ rest: ArraySlice<UInt8>) -> Exit {
        goToNextWord()
        if !rest.isEmpty {
            store(name, String(decoding: rest, as: UTF8.self))
        } else if index <= list.count {
            let argument = list[index - 1]
            index += 1
            store(name, argument)
        } else {
            if !isQuiet { machine.shellError("No arg for -\(name) option") }
            store(isQuiet ? ":" : "?", isQuiet ? name : nil)
        }
        return .code(0)
    }

    private mutating func end() -> Exit {
        store("?", nil)
        return .code(1)
    }
}
