// SPDX-License-Identifier: Apache-2.0
//
// Source: ECMA-48, "SGR – Select Graphic Rendition", for the numbers of the styles.

/// How the parts of a text look: the terminal's attributes for each role, and the signs that are drawn.
///
/// A sheet never decides where a line ends, so every sheet gives the same product; only signs and colours differ.
public struct StyleSheet: Sendable, Hashable {
    /// The SGR parameters of each role, such as `1;36`; a role that is missing looks like its surroundings.
    public var attributes: [Role: String]
    /// The signs.
    public var signs: Signs
    /// Whether everything outside of ASCII is replaced by something inside it.
    public var isASCII: Bool

    /// A role without attributes looks like plain text.
    public init(attributes: [Role: String], signs: Signs, isASCII: Bool = false) {
        self.attributes = attributes
        self.signs = signs
        self.isASCII = isASCII
    }

    /// For terminals with a dark background.
    public static let dark = StyleSheet(
        attributes: [
            .heading1: "1;96", .heading2: "1;96", .heading3: "1;36", .strong: "1", .emphasis: "3", .strikethrough: "9",
            .code: "93", .codeBlock: "97", .codeLabel: "92", .output: "37", .link: "4;94", .linkTarget: "94",
            .marker: "36", .bar: "90", .rule: "90", .note: "1;94", .tip: "1;92", .important: "1;95",
            .warning: "1;93", .caution: "1;91", .tableHeader: "1", .tableBorder: "90", .details: "1;36",
            .overflow: "1;93", .image: "3;95",
        ],
        signs: .unicode
    )

    /// For terminals with a light background.
    public static let light = StyleSheet(
        attributes: [
            .heading1: "1;34", .heading2: "1;34", .heading3: "1;36", .strong: "1", .emphasis: "3", .strikethrough: "9",
            .code: "31", .codeBlock: "30", .codeLabel: "32", .output: "30", .link: "4;34", .linkTarget: "34",
            .marker: "36", .bar: "90", .rule: "90", .note: "1;34", .tip: "1;32", .important: "1;35",
            .warning: "1;31", .caution: "1;31", .tableHeader: "1", .tableBorder: "90", .details: "1;36",
            .overflow: "1;31", .image: "3;35",
        ],
        signs: .unicode
    )

    /// Without any escape sequence.
    public static let noColor = StyleSheet(attributes: [:], signs: .unicode)

    /// Without any escape sequence and with ASCII characters only.
    public static let ascii = StyleSheet(attributes: [:], signs: .ascii, isASCII: true)
}

extension StyleSheet {
    /// What a piece of text is.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case heading1, heading2, heading3
        case strong, emphasis, strikethrough, code, link, linkTarget, image
        case codeBlock, codeLabel, output, overflow
        case marker, bar, rule, details
        case note, tip, important, warning, caution
        case tableHeader, tableBorder
    }

    /// The signs that are drawn; each takes one column.
    public struct Signs: Sendable, Hashable {
        /// In front of the items of a list, by depth; the last one serves for all deeper ones.
        public var bullets: [String]
        /// On the left of a quote.
        public var quoteBar: String
        /// On the left of an alert.
        public var alertBar: String
        /// Repeated across the page for a thematic break.
        public var rule: String
        /// Repeated below a first heading.
        public var firstUnderline: String
        /// Repeated below a second heading.
        public var secondUnderline: String
        /// Between the columns of a table.
        public var vertical: String
        /// Below the header of a table.
        public var horizontal: String
        /// Where both cross.
        public var cross: String
        /// At the end of a line of code that goes on beyond the edge.
        public var overflow: String
        /// In front of a closed detail.
        public var closed: String
        /// In front of an open detail.
        public var open: String

        /// Each sign has to take one column.
        public init(
            bullets: [String],
            quoteBar: String,
            alertBar: String,
            rule: String,
            firstUnderline: String,
            secondUnderline: String,
            vertical: String,
            horizontal: String,
            cross: String,
            overflow: String,
            closed: String,
            open: String
        ) {
            self.bullets = bullets
            self.quoteBar = quoteBar
            self.alertBar = alertBar
            self.rule = rule
            self.firstUnderline = firstUnderline
            self.secondUnderline = secondUnderline
            self.vertical = vertical
            self.horizontal = horizontal
            self.cross = cross
            self.overflow = overflow
            self.closed = closed
            self.open = open
        }

        /// Box drawing and geometric signs.
        public static let unicode = Signs(
            bullets: ["•", "◦", "▪"],
            quoteBar: "│",
            alertBar: "┃",
            rule: "─",
            firstUnderline: "═",
            secondUnderline: "─",
            vertical: "│",
            horizontal: "─",
            cross: "┼",
            overflow: "»",
            closed: "▸",
            open: "▾"
        )

        /// Signs that every terminal and every screen reader knows.
        public static let ascii = Signs(
            bullets: ["*", "-", "+"],
            quoteBar: "|",
            alertBar: "|",
            rule: "-",
            firstUnderline: "=",
            secondUnderline: "-",
            vertical: "|",
            horizontal: "-",
            cross: "+",
            overflow: ">",
            closed: "+",
            open: "-"
        )
    }
}
