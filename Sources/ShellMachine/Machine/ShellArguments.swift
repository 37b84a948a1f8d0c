// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sh.

/// The words that a shell was started with.
struct ShellArguments {
    private(set) var options = ShellOptions()
    /// Whether the first operand is the script itself.
    private(set) var isCommand = false
    private(set) var readsInput = false
    /// What is no option.
    private(set) var operands: [Text] = []
    /// Whether which script runs hangs on a word that is not known.
    private(set) var isScriptUnknown = false

    init(_ words: [Text]) {
        var index = 1
        read(words, from: &index)
        operands = Array(words[min(index, words.count)...])
        let hasUnknown = words.dropFirst().contains(where: \.isUnknown)
        isScriptUnknown = hasUnknown && (isCommand || operands.first?.isUnknown == true)
    }

    private mutating func read(_ words: [Text], from index: inout Int) {
        while index < words.count {
            let bytes = words[index].bytes
            if bytes == [UInt8(ascii: "-")] {
                // A dash alone ends the options.
                index += 1
                return
            }
            guard let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"), bytes.count > 1 else {
                return
            }
            index += 1
            if bytes == Array("--".utf8) { return }
            if bytes.starts(with: Array("--".utf8)) {
                if bytes == Array("--rcfile".utf8) || bytes == Array("--init-file".utf8) { index += 1 }
                continue
            }
            for letter in bytes.dropFirst() {
                switch letter {
                case UInt8(ascii: "c"): isCommand = true
                case UInt8(ascii: "s"): readsInput = true
                case UInt8(ascii: "o"), UInt8(ascii: "O"):
                    guard index < words.count else { return }
                    set(ShellOptions.name(words[index].string), sign)
                    index += 1
                default: set(ShellOptions.letter(letter), sign)
                }
            }
        }
    }

    private mutating func set(_ path: WritableKeyPath<ShellOptions, Bool>?, _ sign: UInt8) {
        if let path { options[keyPath: path] = sign == UInt8(ascii: "-") }
    }
}
