// SPDX-License-Identifier: Apache-2.0

// Source: RubyGems guides, "Specification reference"; the specifications that `gem install` writes.

public import OCISpec
import Packages
import SystemFiles

/// Finds Ruby gems by the specifications of what is installed: `specifications/NAME-VERSION.gemspec`, those of Ruby itself in
/// `specifications/default`.
///
/// A specification is a Ruby program; RubyGems writes one assignment a line, and only those are read.
public struct GemCataloger: Cataloger {
    /// `gem`.
    public var name: String { "gem" }

    /// Makes the cataloger.
    public init() {}

    /// The bytes of the specifications.
    public func interest(in path: ImagePath) -> FileInterest {
        let parts = path.components
        guard parts.count >= 2, let file = parts.last, file.count > 8, file.suffix(8).elementsEqual(".gemspec".utf8)
        else { return .none }
        func isFolder(_ back: Int, _ name: String) -> Bool {
            parts.count >= back && parts[parts.count - back].elementsEqual(name.utf8)
        }
        return isFolder(2, "specifications") || isFolder(2, "default") && isFolder(3, "specifications")
            ? .contents : .none
    }

    /// Reads each specification; one without a name or a version is recorded as unknown.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        for path in paths {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            var name: String?
            var version: String?
            var licenses: [String] = []
            var summary: String?
            bytes.withUnsafeBufferPointer { buffer in
                for line in ByteLines(buffer) {
                    let text = line.text(from: 0).drop { $0 == " " || $0 == "\t" }
                    guard text.hasPrefix("s."), let sign = text.firstIndex(of: "=") else { continue }
                    let strings = Self.strings(in: text[text.index(after: sign)...])
                    switch String(text[..<sign]).utf8.trimmedText {
                    case "s.name": name = name ?? strings.first
                    case "s.version": version = version ?? strings.first
                    case "s.license", "s.licenses": if licenses.isEmpty { licenses = strings }
                    case "s.summary": summary = summary ?? strings.first
                    default: continue
                    }
                }
            }
            guard let name, let version else {
                result.note("\(path) has no name or no version")
                continue
            }
            result.packages.append(
                Package(
                    type: .gem,
                    name: name,
                    version: version,
                    // Of several licences a gem's user may choose one.
                    licenses: licenses.isEmpty ? [] : [licenses.joined(separator: " OR ")],
                    locations: [file.location],
                    summary: summary,
                    foundBy: self.name
                )
            )
        }
        return result
    }

    /// The texts between quotes, each of one line, without escapes.
    private static func strings(in text: Substring) -> [String] {
        var result: [String] = []
        var current: String?
        var quote: Character = "\""
        for character in text {
            if let open = current {
                if character == quote {
                    if !open.isEmpty { result.append(open) }
                    current = nil
                } else {
                    current = open + String(character)
                }
            } else if character == "\"" || character == "'" {
                quote = character
                current = ""
            }
        }
        return result
    }
}
