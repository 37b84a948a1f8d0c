// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// A variable of the shell.
struct ShellVariable: Sendable, Hashable {
    var value: Text?
    /// The elements of a bash array by place; then `value` is not looked at.
    var elements: [Int: Text]?
    /// The values of an associative array by key; then neither `value` nor `elements` is looked at.
    var association: [[UInt8]: Text]?
    var isExported = false
    var isReadOnly = false
    /// Whether what is assigned is an expression of numbers: `declare -i`.
    var isInteger = false
    /// Whether what is assigned becomes capital or small letters: `declare -u`, `declare -l`.
    var isUpper: Bool?

    /// What `$name` gives.
    var scalar: Text? {
        if let association { return association[[0x30]] }
        return elements == nil ? value : elements?[0]
    }

    /// The values of an array in order, a plain value as its only element. Of several values by key the order is not known.
    var list: [Text] {
        if let association {
            guard association.count > 1 else { return Array(association.values) }
            return association.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                .map { Text($0.value.bytes, isUnknown: true) }
        }
        return places.map(\.value)
    }

    /// The elements with their places, in order.
    var places: [(key: Int, value: Text)] {
        (elements ?? value.map { [0: $0] } ?? [:]).sorted { $0.key < $1.key }
    }

    /// The keys of an array in order.
    var keys: [Text] {
        guard let association else { return places.map { Text(String($0.key)) } }
        let names = association.keys.sorted { $0.lexicographicallyPrecedes($1) }
        return names.map { Text($0, isUnknown: names.count > 1) }
    }
}

/// The letters of `set` and the names of `set -o`.
struct ShellOptions: Sendable, Hashable {
    var errorExit = false
    var unsetIsError = false
    var trace = false
    var noGlob = false
    var noExecute = false
    var pipeFail = false
    var exportAll = false
    var noClobber = false
    var nullGlob = false
    var dotGlob = false

    /// The key path of a letter.
    static func letter(_ letter: UInt8) -> WritableKeyPath<ShellOptions, Bool>? {
        switch letter {
        case UInt8(ascii: "e"): \.errorExit
        case UInt8(ascii: "u"): \.unsetIsError
        case UInt8(ascii: "x"): \.trace
        case UInt8(ascii: "f"): \.noGlob
        case UInt8(ascii: "n"): \.noExecute
        case UInt8(ascii: "a"): \.exportAll
        case UInt8(ascii: "C"): \.noClobber
        default: nil
        }
    }

    static func name(_ name: String) -> WritableKeyPath<ShellOptions, Bool>? {
        switch name {
        case "errexit": \.errorExit
        case "nounset": \.unsetIsError
        case "xtrace": \.trace
        case "noglob": \.noGlob
        case "noexec": \.noExecute
        case "pipefail": \.pipeFail
        case "allexport": \.exportAll
        case "noclobber": \.noClobber
        default: nil
        }
    }

    /// What `$-` gives: bash has its letters in alphabetical order with those of a shell that is not interactive, the others
    /// in the reverse order of their tables.
    func letters(_ dialect: ShellDialect) -> String {
        let order: [(String, Bool)] =
            dialect == .bash
            ? [
                ("a", exportAll), ("e", errorExit), ("f", noGlob), ("h", true), ("n", noExecute), ("u", unsetIsError),
                ("x", trace), ("B", true), ("C", noClobber), ("c", true),
            ]
            : [
                ("u", unsetIsError), ("a", exportAll), ("C", noClobber), ("x", trace), ("n", noExecute), ("f", noGlob),
                ("e", errorExit),
            ]
        var result = ""
        for case (let letter, true) in order { result += letter }
        return result
    }
}

/// Where the commands go on after one has ended.
enum Flow: Equatable {
    case normal
    case breakLoop(Int)
    case continueLoop(Int)
    case returned
    case exited
}
