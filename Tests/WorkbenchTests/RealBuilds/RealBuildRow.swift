// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// A Dockerfile of `Tests/RealBuilds`, which buildah builds and the engine predicts.
///
/// A row begins with `== ` and its name; what follows is the Dockerfile, up to the next row or a part that begins with `-- `:
///
/// - `-- ignore`: the ignore file.
/// - `-- arguments`: build arguments, `NAME=value` a line.
/// - `-- buildah`: the Dockerfile that says the same in words that Debian's buildah knows: no here-documents, no `--link` or `--exclude`.
/// - `-- stops LINE`: both builds stop, ours at that line.
/// - `-- unknown`: the engine says that it does not know something; a row without this part leaves nothing in doubt.
/// - `-- differs WHY`: where buildah and BuildKit differ, and BuildKit is right: `PATH = WHAT OURS IS` a line, `none` for nothing there,
///   or `stops` and `goes on` for what buildah does. Every line is needed: one that is not true any more fails the test.
struct RealBuildRow: Sendable, CustomTestStringConvertible {
    let name: String
    let dockerfile: String
    var ignore: String?
    var arguments: [String] = []
    var forBuildah: String?
    /// The line at which ours stops.
    var stops: Int?
    var isUnknown = false
    /// What ours has where buildah has something else, by path or by the name of a field of the configuration.
    var differences: [String: String] = [:]
    /// Whether buildah goes through, where that is not what ours does.
    var goesThrough: Bool?

    var testDescription: String { name }

    /// All of them, in the order of the files.
    static func all() throws -> [RealBuildRow] {
        let folder = "Tests/RealBuilds"
        return try Checkout.names(in: folder, endingIn: ".rows").flatMap { name in
            let file = Checkout.root.appendingPathComponent(folder).appendingPathComponent(name + ".rows")
            return parse(try String(contentsOf: file, encoding: .utf8))
        }
    }

    static func parse(_ text: String) -> [RealBuildRow] {
        var result: [RealBuildRow] = []
        var name: String?
        var parts: [(title: String, lines: [Substring])] = []
        func finish() {
            if let name { result.append(RealBuildRow(name, parts)) }
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("== ") {
                finish()
                name = String(line.dropFirst(3))
                parts = [("", [])]
            } else if line.hasPrefix("-- ") {
                parts.append((String(line.dropFirst(3)), []))
            } else if !parts.isEmpty {
                parts[parts.count - 1].lines.append(line)
            }
        }
        finish()
        return result
    }

    private init(_ name: String, _ parts: [(title: String, lines: [Substring])]) {
        self.name = name
        dockerfile = Self.text(parts.first?.lines ?? [])
        for part in parts.dropFirst() {
            let words = part.title.split(separator: " ", maxSplits: 1).map(String.init)
            let lines = part.lines.filter { !$0.isEmpty }
            switch words.first {
            case "ignore": ignore = Self.text(part.lines)
            case "arguments": arguments = lines.map(String.init)
            case "buildah": forBuildah = Self.text(part.lines)
            case "stops": stops = words.last.flatMap { Int($0) }
            case "unknown": isUnknown = true
            case "differs":
                for line in lines {
                    switch line {
                    case "stops": goesThrough = false
                    case "goes on": goesThrough = true
                    default:
                        guard let middle = line.firstRange(of: " = ") else { continue }
                        differences[String(line[..<middle.lowerBound])] = String(line[middle.upperBound...])
                    }
                }
            default: break
            }
        }
    }

    private static func text(_ lines: [Substring]) -> String { lines.map { $0 + "\n" }.joined() }
}
