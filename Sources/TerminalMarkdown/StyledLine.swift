// SPDX-License-Identifier: Apache-2.0

/// The look of a piece of text: its roles from the outermost to the innermost, and the address it links to.
struct TextStyle: Sendable, Hashable {
    var roles: [StyleSheet.Role] = []
    var link: String?

    static let plain = TextStyle()

    init(_ roles: StyleSheet.Role..., link: String? = nil) {
        self.roles = roles
        self.link = link
    }

    func adding(_ role: StyleSheet.Role) -> TextStyle {
        var style = self
        style.roles.append(role)
        return style
    }
}

/// A line of the page, in pieces of one look each.
struct StyledLine: Sendable, Hashable {
    struct Piece: Sendable, Hashable {
        var text: String
        var style: TextStyle
    }

    var pieces: [Piece] = []

    init() {}

    init(_ text: String, _ style: TextStyle = .plain) {
        if !text.isEmpty { pieces = [Piece(text: text, style: style)] }
    }

    var width: Int { pieces.reduce(0) { $0 + DisplayWidth.of($1.text) } }

    var isBlank: Bool { pieces.allSatisfy { $0.text.allSatisfy { $0 == " " } } }

    mutating func append(_ text: String, _ style: TextStyle = .plain) {
        guard !text.isEmpty else { return }
        if let last = pieces.last, last.style == style {
            pieces[pieces.count - 1].text += text
        } else {
            pieces.append(Piece(text: text, style: style))
        }
    }

    mutating func append(_ line: StyledLine) {
        for piece in line.pieces { append(piece.text, piece.style) }
    }

    func prefixed(by prefix: StyledLine) -> StyledLine {
        var line = prefix
        line.append(self)
        return line
    }

    /// The line as a terminal takes it, without blanks at its end.
    func encoded(_ options: RenderOptions) -> String {
        var result = ""
        var pieces = self.pieces
        while let last = pieces.last {
            let text = last.text
            guard let end = text.lastIndex(where: { $0 != " " }) else {
                pieces.removeLast()
                continue
            }
            pieces[pieces.count - 1].text = String(text[...end])
            break
        }
        for piece in pieces {
            let codes = piece.style.roles.compactMap { options.style.attributes[$0] }.filter { !$0.isEmpty }
            let link = options.hyperlinks ? piece.style.link : nil
            if let link { result += "\u{1B}]8;;\(link)\u{1B}\\" }
            if codes.isEmpty {
                result += piece.text
            } else {
                result += "\u{1B}[\(codes.joined(separator: ";"))m\(piece.text)\u{1B}[0m"
            }
            if link != nil { result += "\u{1B}]8;;\u{1B}\\" }
        }
        return result
    }
}
