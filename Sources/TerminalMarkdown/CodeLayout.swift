// SPDX-License-Identifier: Apache-2.0

/// Lays out code: never wrapped as prose is, so that what is copied from the screen is what was written.
struct CodeLayout {
    let options: RenderOptions

    private static let indent = 4
    private static let tabStop = 4

    /// The lines of a block. Those that can be copied have a line in front with their number.
    func lines(_ code: MarkdownBlock.CodeBlock, number: Int?, width: Int) -> [StyledLine] {
        var source = code.content.split(separator: "\n", omittingEmptySubsequences: false).map { expanded(String($0)) }
        if source.last == "" { source.removeLast() }
        let widest = source.map { DisplayWidth.of($0) }.max() ?? 0
        // Rather less indentation than a line that does not fit; a command that is continued loses nothing.
        let isContinued = widest > width && Self.isShell(code) && options.codeOverflow == .fit
        let indent = isContinued && width >= 40 ? Self.indent : max(0, min(Self.indent, width - widest))
        let room = width - indent
        let isOutput = number == nil
        let style = TextStyle(isOutput ? .output : .codeBlock)
        let blanks = StyledLine(String(repeating: " ", count: indent))
        var isCut = false
        var lines: [StyledLine] = []
        for line in source {
            for piece in fitted(line, code, room: room, style: style, isCut: &isCut) {
                lines.append(piece.prefixed(by: blanks))
            }
        }
        guard let number else { return lines }
        return label(code, number: number, isCut: isCut, width: width) + lines
    }

    private func label(_ code: MarkdownBlock.CodeBlock, number: Int, isCut: Bool, width: Int) -> [StyledLine] {
        var wrapper = TextWrapper()
        let style = TextStyle(.codeLabel)
        wrapper.add("[\(number)]", style)
        let language = SafeText.clean(code.language, isASCII: options.style.isASCII)
        if !language.isEmpty { wrapper.add(" \(language)", style) }
        if let file = code.file {
            wrapper.add(" for \(SafeText.clean(file, isASCII: options.style.isASCII))", style)
        }
        if isCut {
            wrapper.add(" (wider than the page: copy \(number) gives all of it)", TextStyle(.overflow))
        }
        return wrapper.lines(width: width)
    }

    private func fitted(
        _ line: String,
        _ code: MarkdownBlock.CodeBlock,
        room: Int,
        style: TextStyle,
        isCut: inout Bool
    ) -> [StyledLine] {
        if options.codeOverflow == .keep || DisplayWidth.of(line) <= room { return [StyledLine(line, style)] }
        if Self.isShell(code), let parts = ShellContinuation.parts(of: line, room: room) {
            return parts.map { StyledLine($0, style) }
        }
        isCut = true
        var shown = ""
        var used = 0
        for character in line {
            let width = DisplayWidth.of(character)
            if used + width > room - 1 { break }
            shown.append(character)
            used += width
        }
        var cut = StyledLine(shown, style)
        cut.append(String(repeating: " ", count: max(0, room - 1 - used)), style)
        cut.append(options.style.signs.overflow, TextStyle(.overflow))
        return [cut]
    }

    private static func isShell(_ code: MarkdownBlock.CodeBlock) -> Bool {
        code.isCopyable && ["bash", "sh", "shell", "console", "zsh"].contains(code.language)
    }

    /// The line with tabs as blanks and without anything that could command the terminal.
    private func expanded(_ line: String) -> String {
        var text = SafeText.clean(line, isASCII: options.style.isASCII)
        while text.last == " " { text.removeLast() }
        guard text.contains("\t") else { return text }
        var result = ""
        var column = 0
        for character in text {
            if character == "\t" {
                let count = Self.tabStop - column % Self.tabStop
                result += String(repeating: " ", count: count)
                column += count
            } else {
                result.append(character)
                column += DisplayWidth.of(character)
            }
        }
        return result
    }
}
