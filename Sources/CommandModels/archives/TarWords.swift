// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU tar 1.34, tar(1).

/// The words of a `tar`, which has a way of its own to bundle letters.
struct TarWords {
    /// `-C`: where it works.
    private(set) var folder: String?
    /// `-f`: the archive.
    private(set) var archive: String?
    private(set) var extracts = false
    private(set) var lists = false
    private(set) var creates = false

    init(_ arguments: [String]) {
        var words = arguments
        if let first = words.first, !first.hasPrefix("-") { words[0] = "-" + first }
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if word.hasPrefix("--") {
                readLong(word, words, &index)
            } else if word.hasPrefix("-") {
                readLetters(word, words, &index)
            }
        }
    }

    private mutating func readLong(_ word: String, _ words: [String], _ index: inout Int) {
        if word.hasPrefix("--directory=") { folder = String(word.dropFirst(12)) }
        if word.hasPrefix("--file=") { archive = String(word.dropFirst(7)) }
        if word == "--extract" || word == "--get" { extracts = true }
        if word == "--list" { lists = true }
        if word == "--create" { creates = true }
        guard word == "--directory" || word == "--file", index < words.count else { return }
        if word == "--directory" { folder = words[index] } else { archive = words[index] }
        index += 1
    }

    private mutating func readLetters(_ word: String, _ words: [String], _ index: inout Int) {
        var letters = word.unicodeScalars.dropFirst()
        while let letter = letters.popFirst() {
            switch letter {
            case "x": extracts = true
            case "t": lists = true
            case "c": creates = true
            case "C", "f":
                let value: String?
                if !letters.isEmpty, index >= words.count {
                    value = String(String.UnicodeScalarView(letters))
                    letters = letters.dropFirst(letters.count)
                } else {
                    value = index < words.count ? words[index] : nil
                    index += 1
                }
                if letter == "C" { folder = value } else { archive = value }
            default: continue
            }
        }
    }
}
