// SPDX-License-Identifier: Apache-2.0
//
// Source: YAML 1.1 as libyaml reads it. Values are taken as they are written: no octal numbers, no `yes` for true.

import Diagnostics
import Yams

/// A YAML file that was read under limits, with a place for each of its nodes and the problems met while reading it.
struct YAMLDocument {
    /// The file as the user named it.
    let file: String
    /// The topmost node; nil for an empty file.
    let root: Node?
    private let lines: [Substring]
    private(set) var findings: [Finding] = []

    /// The most nodes that a file may have once its aliases are followed.
    static let mostNodes = 50_000

    /// The deepest nesting of a file.
    static let deepest = 64

    /// Reads a file's text.
    ///
    /// - Throws: a `Failure` with the place when the text is no YAML, has a key twice, nests too deeply or multiplies aliases.
    init(text: String, file: String) throws {
        self.file = file
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        self.lines = lines
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.failure(error, file: file, lines: lines)
        }
        if let root { try Self.count(root, file: file, lines: lines) }
    }

    /// Where a node begins.
    func place(_ node: Node) -> SourceRange? {
        node.mark.map { Self.range($0, lines) }
    }

    mutating func report(_ rule: String, _ severity: Severity, _ message: String, at node: Node?, fix: String? = nil) {
        findings.append(
            Finding(
                rule: rule,
                severity: severity,
                message: message,
                file: file,
                range: node.flatMap { place($0) } ?? SourceRange(lines: 1...1),
                fix: fix
            )
        )
    }

    mutating func report(_ finding: Finding) { findings.append(finding) }

    // MARK: - Private

    /// Marks count Unicode scalars; places count bytes.
    private static func range(_ mark: Mark, _ lines: [Substring]) -> SourceRange {
        var column = mark.column
        if mark.line >= 1, mark.line <= lines.count {
            let before = lines[mark.line - 1].unicodeScalars.prefix(max(0, mark.column - 1))
            column = before.reduce(1) { $0 + UTF8.width($1) }
        }
        let start = SourcePosition(line: max(1, mark.line), column: max(1, column))
        return SourceRange(start: start, end: start)
    }

    private static func place(_ mark: Mark, _ file: String, _ lines: [Substring]) -> Place {
        .file(file, range(mark, lines).start)
    }

    private static func failure(_ error: YamlError, file: String, lines: [Substring]) -> Failure {
        let what = "The file is not YAML that can be read"
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let why = [context?.text, problem].compactMap { $0 }.joined(separator: " ")
            return Failure(.malformedInput, what, at: place(mark, file, lines), why: why, cause: error)
        case .reader(let problem, let offset, _, _):
            let at: Place = offset.map { .file(file, offset: $0) } ?? .file(file)
            return Failure(.malformedInput, what, at: at, why: problem, cause: error)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "`\($0)`" }.sorted().joined(separator: ", ")
            let at = place(context.mark, file, lines)
            return Failure(.malformedInput, "A key stands twice: \(names)", at: at, cause: error)
        case .memory:
            return Failure(.overLimit, "The file is too large to read", at: .file(file), cause: error)
        default:
            return Failure(.malformedInput, what, at: .file(file), cause: error)
        }
    }

    /// Counts nodes with their aliases followed, and stops at the limit.
    private static func count(_ root: Node, file: String, lines: [Substring]) throws(Failure) {
        var left = mostNodes
        var stack: [(node: Node, depth: Int)] = [(root, 1)]
        while let (node, depth) = stack.popLast() {
            left -= 1
            let at = node.mark.map { place($0, file, lines) } ?? .file(file)
            guard left >= 0 else {
                throw Failure(
                    .overLimit,
                    "The file has more than \(mostNodes) values",
                    at: at,
                    why: "aliases may multiply what is written"
                )
            }
            guard depth <= deepest else {
                throw Failure(.overLimit, "The file nests more than \(deepest) levels deep", at: at)
            }
            switch node {
            case .mapping(let mapping):
                guard mapping.count <= left else { continue }
                for (key, value) in mapping {
                    stack.append((key, depth + 1))
                    stack.append((value, depth + 1))
                }
            case .sequence(let sequence):
                for value in sequence { stack.append((value, depth + 1)) }
            case .scalar, .alias: continue
            }
        }
    }
}
