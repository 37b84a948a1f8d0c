// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// What `read` does with its options, a line, and the variables.
struct LineReading {
    private let machine: Machine
    private var isRaw = false
    private var names: [String] = []
    private var delimiter: UInt8 = 0x0A
    private var array: String?
    /// Whether an option was given whose work is not followed.
    private var isUnfollowed = false
    /// The line, and which of its bytes stood behind a backslash.
    private var line: [UInt8] = []
    private var escaped: Set<Int> = []
    private var isComplete = false
    private let separators: [UInt8]

    init(_ words: [String], in machine: Machine) {
        self.machine = machine
        separators = machine.separators
        var index = 0
        while index < words.count {
            let word = words[index]
            if word.hasPrefix("-"), word.utf8.count > 1, names.isEmpty {
                readOptions(Array(word.utf8.dropFirst()), words, &index)
            } else {
                names.append(word)
            }
            index += 1
        }
    }

    /// The letters of one word; the value of one stands behind it or is the next word.
    private mutating func readOptions(_ letters: [UInt8], _ words: [String], _ index: inout Int) {
        for (place, letter) in letters.enumerated() {
            if letter == UInt8(ascii: "r") { isRaw = true }
            if "nNtui".utf8.contains(letter) { isUnfollowed = true }
            guard "dapntuiN".utf8.contains(letter) else { continue }
            var value = letters[(place + 1)...]
            if value.isEmpty {
                index += 1
                if index < words.count { value = Array(words[index].utf8)[...] }
            }
            if letter == UInt8(ascii: "d") { delimiter = value.first ?? 0 }
            if letter == UInt8(ascii: "a") { array = String(decoding: value, as: UTF8.self) }
            return
        }
    }

    mutating func run() -> Exit {
        if names.isEmpty, machine.dialect == .dash {
            machine.shellError("read: arg count")
            return .code(2)
        }
        if names.isEmpty { names = ["REPLY"] }
        guard let handle = machine.world.process.descriptors[0] else { return .code(1) }
        var file = machine.world.file(handle)
        guard !file.isUnknown, !isUnfollowed else {
            for name in names { machine.set(name, Text([], isUnknown: true)) }
            return .unknown
        }
        take(from: &file)
        machine.world.update(handle) { $0.position = file.position }
        machine.charge(line.count / 1_024)
        if let array {
            var builder = FieldBuilder(separators: separators)
            builder.split(line)
            let elements = builder.finish().map { Text($0.bytes) }.enumerated().map { ($0, $1) }
            machine.shell.variables[array] = ShellVariable(elements: Dictionary(uniqueKeysWithValues: elements))
            return .code(isComplete ? 0 : 1)
        }
        guard hand(out: names) else { return .code(machine.dialect == .bash ? 1 : 2) }
        return .code(isComplete ? 0 : 1)
    }

    private mutating func take(from file: inout OpenFile) {
        while file.position < file.bytes.count {
            let byte = file.bytes[file.position]
            file.position += 1
            if byte == delimiter {
                isComplete = true
                break
            }
            if byte == 0x5C, !isRaw, file.position < file.bytes.count {
                let next = file.bytes[file.position]
                file.position += 1
                if next == 0x0A { continue }
                escaped.insert(line.count)
                line.append(next)
                continue
            }
            line.append(byte)
        }
    }

    private func isSeparator(_ place: Int) -> Bool { !escaped.contains(place) && separators.contains(line[place]) }

    private func isBlank(_ place: Int) -> Bool {
        isSeparator(place) && (line[place] == 0x20 || line[place] == 0x09 || line[place] == 0x0A)
    }

    /// Gives each variable its field, and the last one what is left; false when one cannot be set.
    private func hand(out names: [String]) -> Bool {
        var place = 0
        while place < line.count, isBlank(place) { place += 1 }
        for (number, name) in names.enumerated() {
            guard ShellParser.isName(name.utf8) else {
                machine.shellError("read: \(name): bad variable name")
                return false
            }
            if number == names.count - 1 { return machine.set(name, Text(Array(line[place..<end(from: place)]))) }
            let start = place
            while place < line.count, !isSeparator(place) { place += 1 }
            if !machine.set(name, Text(Array(line[start..<place]))) { return false }
            while place < line.count, isBlank(place) { place += 1 }
            if place < line.count, isSeparator(place) {
                // The field may have been ended by blanks before this separator; they are one separator together.
                place += 1
                while place < line.count, isBlank(place) { place += 1 }
            }
        }
        return true
    }

    /// Where the last field ends that begins at a place.
    private func end(from place: Int) -> Int {
        var end = line.count
        while end > place, isBlank(end - 1) { end -= 1 }
        // One separator at the very end does not belong to the last field.
        if end > place, isSeparator(end - 1), !isBlank(end - 1) {
            let inner = (place..<(end - 1)).contains { isSeparator($0) && !isBlank($0) }
            if !inner { end -= 1 }
            while end > place, isBlank(end - 1) { end -= 1 }
        }
        return max(place, end)
    }
}
