// SPDX-License-Identifier: Apache-2.0

// Source: os-release(5).

public import OCISpec
public import Packages

/// Reads an image's distribution: `/etc/os-release`, else `/usr/lib/os-release`, else Alpine's and Debian's own version files.
public enum OSRelease {
    private static let files: [ImagePath] = ["/etc/os-release", "/usr/lib/os-release"]
    private static let alpine: ImagePath = "/etc/alpine-release"
    private static let debian: ImagePath = "/etc/debian_version"

    /// What is wanted of a file.
    public static func interest(in path: ImagePath) -> FileInterest {
        guard (2...3).contains(path.components.count) else { return .none }
        return files.contains(path) || path == alpine || path == debian ? .contents : .none
    }

    static func distribution(in context: CatalogContext, into result: inout CatalogerResult) -> Distribution? {
        for path in files {
            guard let (bytes, _) = context.bytes(at: path, into: &result) else { continue }
            if let distribution = parse(bytes) { return distribution }
            result.note("\(path) has no ID")
        }
        if let (bytes, _) = context.bytes(at: alpine, into: &result) {
            let version = String(decoding: bytes.prefix(64), as: UTF8.self).utf8.trimmedText
            if !version.isEmpty { return Distribution(id: "alpine", versionID: version, name: "Alpine Linux") }
        }
        if let (bytes, _) = context.bytes(at: debian, into: &result) {
            // `12.11`, or `trixie/sid` before a release.
            let text = String(decoding: bytes.prefix(64), as: UTF8.self).utf8.trimmedText
            guard let first = text.utf8.first else { return nil }
            if first >= 0x30, first <= 0x39 {
                return Distribution(
                    id: "debian",
                    versionID: text.split(separator: ".").first.map(String.init),
                    name: "Debian GNU/Linux"
                )
            }
            return Distribution(
                id: "debian",
                codename: text.split(separator: "/").first.map(String.init),
                name: "Debian GNU/Linux"
            )
        }
        return nil
    }

    /// Reads the file's assignments.
    ///
    /// - Returns: nil when there is no `ID`.
    public static func parse(_ bytes: [UInt8]) -> Distribution? {
        var values: [String: String] = [:]
        bytes.withUnsafeBufferPointer { buffer in
            for line in ByteLines(buffer) {
                let text = line.text(from: 0)
                guard !text.hasPrefix("#"), let sign = text.firstIndex(of: "=") else { continue }
                values[String(text[..<sign])] = unquoted(text[text.index(after: sign)...])
            }
        }
        guard let id = values["ID"], !id.isEmpty else { return nil }
        func filled(_ key: String) -> String? { values[key].flatMap { $0.isEmpty ? nil : $0 } }
        return Distribution(
            id: id.lowercased(),
            versionID: filled("VERSION_ID"),
            codename: filled("VERSION_CODENAME"),
            name: filled("NAME"),
            prettyName: filled("PRETTY_NAME")
        )
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
