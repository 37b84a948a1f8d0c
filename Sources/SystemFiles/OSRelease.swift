// SPDX-License-Identifier: Apache-2.0
//
// Source: os-release(5).

public import OCISpec
public import Packages

/// `/etc/os-release` as a value that goes both ways.
///
/// Shape: lines `NAME=value`, the value as a shell would read it; lines that begin with `#` are comments. Whatever else the file
/// holds is kept: `bytes` of what was read are the bytes that were read.
public struct OSRelease: Sendable, Hashable {
    private var content: FileLines

    /// Where it stands: the first that is there counts.
    public static let paths: [ImagePath] = ["/etc/os-release", "/usr/lib/os-release"]

    /// Reads a file; anything can be read.
    public init(_ bytes: [UInt8]) { content = FileLines(bytes) }

    /// The file as it is written.
    public var bytes: [UInt8] { content.bytes }

    /// The value of a variable without its quotes; of two lines the last counts; nil when it is not there.
    public func value(of name: String) -> String? {
        for line in content.lines.reversed() {
            if let (key, value) = Self.assignment(line), key == name { return Self.unquoted(value) }
        }
        return nil
    }

    /// Gives a variable a value, in its last line or in a new one at the end.
    public mutating func set(_ name: String, to value: String) {
        var escaped = ""
        for character in value where character != "\n" {
            if "\"\\$`".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        let line = Array("\(name)=\"\(escaped)\"".utf8)
        if let index = content.lines.lastIndex(where: { Self.assignment($0)?.name == name }) {
            content.replace(at: index, with: line)
        } else {
            content.append(line)
        }
    }

    /// The distribution; nil when there is no `ID`.
    public var distribution: Distribution? {
        func filled(_ name: String) -> String? { value(of: name).flatMap { $0.isEmpty ? nil : $0 } }
        guard let id = filled("ID") else { return nil }
        return Distribution(
            id: id.lowercased(),
            versionID: filled("VERSION_ID"),
            codename: filled("VERSION_CODENAME"),
            name: filled("NAME"),
            prettyName: filled("PRETTY_NAME")
        )
    }

    private static func assignment(_ line: [UInt8]) -> (name: String, value: Substring)? {
        let end = line.last == 0x0D ? line.count - 1 : line.count
        let text = line.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[..<end]).text(from: 0) }
        guard !text.hasPrefix("#"), let sign = text.firstIndex(of: "=") else { return nil }
        return (String(text[..<sign]), text[text.index(after: sign)...])
    }

    /// The value as a shell would read it: quotes taken off, backslashes resolved.
    private static func unquoted(_ text: Substring) -> String {
        var result = ""
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                result.append(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { result.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else {
                result.append(character)
            }
        }
        return result
    }
}
