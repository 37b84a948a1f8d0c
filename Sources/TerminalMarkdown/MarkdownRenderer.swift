// SPDX-License-Identifier: Apache-2.0

/// Renders Markdown as lines for a terminal.
///
/// - Parameters:
///   - markdown: GitHub Flavored Markdown; anything at all is accepted, and nothing in it can command the terminal.
///   - options: the width of the page, the style and what happens to wide code.
/// - Returns: the lines without line feeds and without blanks at their ends. No line is wider than `options.width`, unless
///   code is kept whole.
public func render(markdown: String, options: RenderOptions = RenderOptions()) -> [String] {
    let text = options.variables.map { VariableText.filled(markdown, values: $0) } ?? markdown
    var renderer = BlockRenderer(options: options)
    return renderer.page(MarkdownParser.parse(text)).map { $0.encoded(options) }
}

/// Renders inline Markdown, such as a hint or a message of a check, as wrapped lines.
///
/// - Parameters:
///   - markdown: a sentence or a few; blocks in it are rendered as well.
///   - indent: the columns to leave free on the left; the first line is not indented when `hanging` is true.
///   - hanging: whether the caller has written something of that width in front of the first line.
public func render(markdown: String, options: RenderOptions, indent: Int, hanging: Bool = false) -> [String] {
    let indent = min(max(0, indent), options.width - 10)
    var renderer = BlockRenderer(options: options)
    let lines = renderer.page(MarkdownParser.parse(markdown), width: options.width - indent)
    let blanks = StyledLine(String(repeating: " ", count: indent))
    return lines.enumerated().map { index, line in
        (hanging && index == 0 ? line : line.prefixed(by: blanks)).encoded(options)
    }
}
