// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileSyntax

@Suite("Ignore file")
struct IgnoreFileTests {
    static let cases: [(file: String, path: String, isIgnored: Bool)] = [
        ("", "a", false), ("a", "a", true), ("a", "a/b/c", true), ("a", "ab", false), ("a", "x/a", false),
        ("/a", "a", true), ("a/", "a", true), ("./a", "a", true), ("x/../a", "a", true), ("*", "a", true),
        ("*", "a/b", true), ("*.md", "a.md", true), ("*.md", "x/a.md", false), ("**/*.md", "a.md", true),
        ("**/*.md", "x/y/a.md", true), ("*/a", "x/a", true), ("*/a", "a", false), ("*/a", "x/y/a", false),
        ("a?", "ab", true), ("a?", "a", false), ("a?", "a/", false), ("[a-c]x", "bx", true), ("[^a-c]x", "bx", false),
        ("[^a-c]x", "dx", true), ("**", "a/b", true), ("**", "a", true), ("a/**", "a/b/c", true), ("a/**", "a", false),
        ("**/a", "a", true), ("**/a", "x/y/a", true), ("**/a", "x/ba", false), ("**/a", "x/a/b", true),
        ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false), ("a\\*", "a*", true),
        ("a\\*", "ab", false), ("*.md\n!README.md", "README.md", false), ("*.md\n!README.md", "a.md", true),
        ("!README.md\n*.md", "README.md", true), ("*\n!a", "a/b", false), ("a\n!a/b", "a/b", false),
        ("a\n!a/b", "a/c", true), ("a\n!a/b\na/b", "a/b", true), ("# a\n#a", "#a", false), (" #a", "#a", true),
        ("  a  ", "a", true), ("! a", "a", false), ("*\n! a", "a", false), (".", "a", false), ("\u{FEFF}a", "a", true),
        ("a\r\nb\r\n", "b", true), ("node_modules", "sub/node_modules/x", false),
        ("**/node_modules", "s/node_modules/x", true),
        ("a.b", "axb", false), ("a+(b)", "a+(b)", true), ("a.*", "a.b", true), ("a.*", "axb", false),
        ("é?", "éü", true),
        ("**.go", "a/b.go", true), ("a**", "abc/d", true), ("**/a/**", "x/a/b", true), ("**/a/**", "x/a", false),
        ("a", "./a", true), ("a/b", "a", false), ("[[]a", "[a", true), ("*", ".hidden", true), ("a b", "a b", true),
        ("docs/*/x", "docs/a/x", true), ("**/x?.t", "x1.t", true), ("dir/*", "dir/a/b", true), ("!a", "a", false),
    ]

    @Test("answers as Docker does", arguments: cases)
    func answers(file: String, path: String, isIgnored: Bool) throws {
        #expect(try IgnoreFile(parsing: Array(file.utf8)).matches(path) == isIgnored)
    }

    static let refused: [(file: String, message: String, line: Int)] = [
        ("a\n!", "illegal exclusion pattern: \"!\"", 2), ("[", "syntax error in pattern", 1),
        ("x\n[]a]", "syntax error in pattern", 2), ("a\\", "syntax error in pattern", 1),
        ("[a", "syntax error in pattern", 1), ("[-a]", "syntax error in pattern", 1),
        ("[a-]", "syntax error in pattern", 1), ("! ", "illegal exclusion pattern: \"!\"", 1),
    ]

    @Test("refuses patterns that have no meaning", arguments: refused)
    func refuses(file: String, message: String, line: Int) throws {
        let error = #expect(throws: IgnoreFile.ValidationError.self) { try IgnoreFile(parsing: Array(file.utf8)) }
        #expect(error?.description == message && error?.line == line)
    }

    @Test("names the pattern that decides")
    func deciding() throws {
        let file = try IgnoreFile(patterns: ["*.md", "!README.md"])
        #expect(file.decidingPattern(for: "a.md")?.description == "*.md")
        #expect(file.decidingPattern(for: "README.md")?.description == "!README.md")
        #expect(file.decidingPattern(for: "a") == nil && file.hasNegations)
    }

    @Test("does not take long over a pattern made to take long")
    func hostile() throws {
        let pattern = String(repeating: "**/*a", count: 100) + "b"
        let path = String(repeating: "a/", count: 1_000) + "a"
        #expect(try IgnoreFile(patterns: [pattern]).patterns.first?.matches(path) == false)
    }
}
