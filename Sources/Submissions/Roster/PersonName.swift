// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A person's name as far as two ways to write it mean one person.
enum PersonName {
    /// The words of a name without case, accents and punctuation: `Lovelace, Ada` and `ada  lovelace` have the same.
    static func words(_ name: String) -> [String] {
        name.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
            .replacing("ß", with: "ss").replacing("ø", with: "o").replacing("æ", with: "ae").replacing("ł", with: "l")
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// All ways to run a name's words together that a course site may use: as written, turned around, and sorted.
    static func keys(_ name: String) -> Set<String> {
        let words = words(name)
        guard !words.isEmpty else { return [] }
        var keys = [words.joined(), words.sorted().joined(), words.reversed().joined()]
        // `Lovelace, Ada King` is `Ada King Lovelace`.
        if let comma = name.firstIndex(of: ",") {
            let last = Self.words(String(name[..<comma]))
            let first = Self.words(String(name[name.index(after: comma)...]))
            keys += [(first + last).joined(), (last + first).joined()]
        }
        return Set(keys)
    }
}
