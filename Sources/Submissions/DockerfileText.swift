// SPDX-License-Identifier: Apache-2.0

/// The text of a Dockerfile as far as two files of it are the same work.
package enum DockerfileText {
    /// Without a byte order mark, with plain line ends, and without blanks at the ends of lines and of the file: what mail, editors
    /// and version control change.
    package static func normalised(_ bytes: [UInt8]) -> [UInt8] {
        var lines: [ArraySlice<UInt8>] = []
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        for line in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let end = line.lastIndex { ![0x20, 0x09, 0x0D].contains($0) }
            lines.append(end.map { line[...$0] } ?? [])
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return Array(lines.joined(separator: [0x0A]))
    }

    /// Whether two files hold the same work.
    package static func areSame(_ left: [UInt8], _ right: [UInt8]) -> Bool { normalised(left) == normalised(right) }

    /// Whether a text of unknown name reads like a Dockerfile: its first instruction is `FROM IMAGE`, or `ARG` with a `FROM`
    /// further down.
    package static func readsLikeOne(_ bytes: [UInt8]) -> Bool {
        guard !bytes.contains(0), let text = String(validating: normalised(bytes), as: UTF8.self) else { return false }
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            if first.uppercased() == "ARG", words.count == 2 { continue }
            guard first.uppercased() == "FROM" else { return false }
            let rest = words.dropFirst().filter { !$0.hasPrefix("--") }
            return rest.count == 1 || (rest.count == 3 && rest.dropFirst().first?.uppercased() == "AS")
        }
        return false
    }
}
