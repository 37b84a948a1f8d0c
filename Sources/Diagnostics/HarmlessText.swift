// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text with everything taken out that could command a terminal or a build log.
    ///
    /// Control characters (C0 but line feed and tab, DEL, C1) and the bidirectional controls become `?`; a line that begins
    /// with `::` gets a blank in front, so that no CI system reads a command in it. Text from outside goes through here once,
    /// where it is printed.
    public var harmless: String {
        if isPlainlyHarmless { return self }
        var scalars = String.UnicodeScalarView()
        var isLineStart = true
        var previousWasColon = false
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x0A:
                scalars.append(scalar)
                isLineStart = true
                previousWasColon = false
                continue
            case 0x09: scalars.append(scalar)
            case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: scalars.append("?")
            case 0x3A where previousWasColon:
                scalars.removeLast()
                scalars.append(contentsOf: " ::".unicodeScalars)
                previousWasColon = false
                isLineStart = false
                continue
            default: scalars.append(scalar)
            }
            previousWasColon = isLineStart && scalar == ":"
            isLineStart = isLineStart && scalar == " "
        }
        return String(scalars)
    }

    /// Whether it is one line of printable ASCII that no CI system reads a command in, as most texts are.
    private var isPlainlyHarmless: Bool {
        guard utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return false }
        return !utf8.drop { $0 == 0x20 }.starts(with: "::".utf8)
    }
}
