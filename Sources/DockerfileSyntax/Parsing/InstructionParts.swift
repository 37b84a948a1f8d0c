// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// An instruction cut into its parts, before anybody asks what it means.
struct InstructionParts {
    let source: MappedText
    let keyword: Keyword?
    let keywordToken: Token
    let flags: [Flag]
    /// What stands behind keyword and flags, blanks at the ends not counted.
    let restOffsets: Range<Int>
    var form: Instruction.Form
    var arguments: [Token]
    var heredocs: [Heredoc] = []

    /// From the keyword to the end of the last line, here-documents not counted.
    var range: SourceRange { keywordToken.range.union(source.range(of: restOffsets)) }

    /// What stands behind keyword and flags, as a word; made when somebody asks, for most never do.
    var rest: Token { Token(restOffsets, of: source) }

    func flag(_ name: String) -> String? {
        flags.isEmpty ? nil : flags.last { $0.name == name }?.value
    }

    func flagRange(_ name: String) -> SourceRange { flags.last { $0.name == name }?.range ?? range }

    /// A flag's truth once `FlagRules` has let it pass; nil when it is not there.
    func boolean(_ name: String) -> Bool? {
        guard let flag = flags.last(where: { $0.name == name }) else { return nil }
        return flag.value?.lowercased() != "false"
    }

    func checkFlags(_ keyword: Keyword) throws(SyntaxError) { try FlagRules.check(flags, of: keyword) }

    func needsArgument(_ keyword: Keyword) -> SyntaxError {
        SyntaxError("\(keyword.rawValue) requires at least one argument", at: range)
    }

    /// Cuts a word at its first `=`: nil without one, no value when the name is empty.
    func split(_ word: Token) -> (name: Token, value: Token?)? {
        guard
            let length = word.text.utf8.firstIndex(of: UInt8(ascii: "=")).map({
                word.text.utf8.distance(from: word.text.utf8.startIndex, to: $0)
            })
        else { return nil }
        if length == 0 { return (word, nil) }
        let start = word.offsets.lowerBound
        return (Token(start..<start + length, of: source), word.dropping(length + 1, of: source))
    }
}
