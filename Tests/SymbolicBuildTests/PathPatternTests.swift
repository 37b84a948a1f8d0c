// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Testing

@testable import SymbolicBuild

@Suite("Path patterns")
struct PathPatternTests {
    /// Patterns and names of one component, after the tables of Go's `path/filepath` tests.
    static let table: [(pattern: String, name: String, fits: Bool)] = [
        ("abc", "abc", true), ("*", "abc", true), ("*c", "abc", true), ("a*", "a", true), ("a*", "abc", true),
        ("a*b*c*d*e*", "axbxcxdxe", true), ("a*b*c*d*e*", "axbxcxdxexxx", true), ("a*b?c*x", "abxbbxdbxebxczzx", true),
        ("a*b?c*x", "abxbbxdbxebxczzy", false), ("ab[c]", "abc", true), ("ab[b-d]", "abc", true),
        ("ab[e-g]", "abc", false), ("ab[^c]", "abc", false), ("ab[^b-d]", "abc", false), ("ab[^e-g]", "abc", true),
        ("a\\*b", "a*b", true), ("a\\*b", "ab", false), ("a?b", "a☺b", true), ("a[^a]b", "a☺b", true),
        ("a???b", "a☺b", false), ("a[^a][^a][^a]b", "a☺b", false), ("[a-ζ]*", "α", true), ("*[a-ζ]", "A", false),
        ("[\\]a]", "]", true), ("[\\-]", "-", true), ("[x\\-]", "x", true), ("[x\\-]", "-", true),
        ("[x\\-]", "z", false),
        ("[\\-x]", "a", false), ("*x", "xxx", true), ("[z-a]", "m", false), ("", "", true), ("?", "", false),
    ]

    @Test("match as Go's do", arguments: table)
    func matches(pattern: String, name: String, fits: Bool) throws {
        guard !pattern.isEmpty else { return }
        let compiled = try PathPattern(ImagePath(names: [Array(pattern.utf8)]))
        #expect(compiled.matches(Array(name.utf8), at: 0) == fits)
        #expect(!compiled.matches(Array(name.utf8), at: 1))
    }

    @Test(
        "refuse what Go refuses",
        arguments: ["[", "[^", "[]a]", "[-]", "[x-]", "[-x]", "a[", "[a-b-c]", "[^bc", "a\\", "[a", "[\\", "[]"]
    )
    func refuses(pattern: String) {
        #expect(throws: PathPattern.ValidationError.self) { try PathPattern(ImagePath(names: [Array(pattern.utf8)])) }
    }

    @Test("need matching only where a wildcard stands that nothing escapes")
    func wildcard() {
        #expect(PathPattern.hasWildcard("a*") && PathPattern.hasWildcard("x[1]") && PathPattern.hasWildcard("a?"))
        #expect(!PathPattern.hasWildcard("a\\*") && !PathPattern.hasWildcard("]") && !PathPattern.hasWildcard(""))
        #expect(PathPattern.hasWildcard("\\\\*"))
    }

    @Test("take a hostile pattern without taking long")
    func hostile() throws {
        let pattern = try PathPattern(ImagePath(names: [Array(String(repeating: "a*", count: 2_000).utf8) + [0x62]]))
        #expect(!pattern.matches(Array(String(repeating: "a", count: 4_000).utf8), at: 0))
    }
}
