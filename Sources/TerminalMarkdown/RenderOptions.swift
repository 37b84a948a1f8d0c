// SPDX-License-Identifier: Apache-2.0

/// What decides how a text is rendered.
public struct RenderOptions: Sendable, Hashable {
    /// The columns of the page; always from 20 to 200.
    public let width: Int
    /// How the parts look.
    public let style: StyleSheet
    /// What happens to lines of code that are wider than the page.
    public let codeOverflow: CodeOverflow
    /// Whether `<details>` show what is in them. Closed, only their summary is shown.
    public let showsDetails: Bool
    /// Whether links are written as OSC 8 hyperlinks; without, their addresses are listed at the end.
    public let hyperlinks: Bool
    /// The values of `$$name$$` in the text; nil leaves the text as it is.
    public let variables: [String: String]?

    /// Makes options from their parts; a width outside of 20 to 200 is brought into that range.
    public init(
        width: Int = 80,
        style: StyleSheet = .noColor,
        codeOverflow: CodeOverflow = .fit,
        showsDetails: Bool = false,
        hyperlinks: Bool = false,
        variables: [String: String]? = nil
    ) {
        self.width = min(200, max(20, width))
        self.style = style
        self.codeOverflow = codeOverflow
        self.showsDetails = showsDetails
        self.hyperlinks = hyperlinks
        self.variables = variables
    }
}

extension RenderOptions {
    /// What happens to lines of code that are wider than the page. A line is never wrapped as prose is.
    public enum CodeOverflow: String, Sendable, Hashable, CaseIterable {
        /// Every line fits: a shell command goes on behind `\` where that is valid, anything else is cut at a visible mark.
        case fit
        /// Lines of code stay whole, however wide they are: for pipes, files and terminals that wrap softly.
        case keep
    }
}
