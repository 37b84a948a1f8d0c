// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileSyntax

@Suite("Word expansion")
struct WordExpanderTests {
    static let values = [
        "a": "one", "empty": "", "b": "two words", "p": "/usr/local/lib/x.tar.gz", "é": "accent", "n": "x\ny",
        "star": "a*b",
    ]

    static let expanded: [(word: String, value: String, words: [String])] = [
        ("", "", []), ("x", "x", ["x"]), ("$a", "one", ["one"]), ("${a}", "one", ["one"]),
        ("$a-$a", "one-one", ["one-one"]),
        ("$b", "two words", ["two", "words"]), ("\"$b\"", "two words", ["two words"]), ("'$b'", "$b", ["$b"]),
        ("x$b", "xtwo words", ["xtwo", "words"]), ("$nope", "", []), ("${nope}x", "x", ["x"]), ("\\$a", "$a", ["$a"]),
        ("\"\\$a\"", "$a", ["$a"]), ("\"\\x\"", "\\x", ["\\x"]), ("\"\\\"\"", "\"", ["\""]), ("'\\'", "\\", ["\\"]),
        ("a\\ b", "a b", ["a b"]), ("a b", "a b", ["a", "b"]), ("\\", "", []), ("$", "$", ["$"]), ("$$", "", []),
        ("$1x", "x", ["x"]), ("a$.b", "a$.b", ["a$.b"]), ("${a:-x}", "one", ["one"]), ("${empty:-x}", "x", ["x"]),
        ("${empty-x}", "", []), ("${nope-x y}", "x y", ["x", "y"]), ("${a:+x}", "x", ["x"]), ("${a+x}", "x", ["x"]),
        ("${empty:+x}", "", []), ("${empty+x}", "x", ["x"]), ("${nope+x}", "", []), ("${a:?x}", "one", ["one"]),
        ("${empty?x}", "", []), ("${nope:-$a}", "one", ["one"]), ("${nope:-${x:-\"}\"}}", "}", ["}"]),
        ("${nope:-'$a'}", "$a", ["$a"]), ("${p#*/}", "usr/local/lib/x.tar.gz", ["usr/local/lib/x.tar.gz"]),
        ("${p##*/}", "x.tar.gz", ["x.tar.gz"]), ("${p%.*}", "/usr/local/lib/x.tar", ["/usr/local/lib/x.tar"]),
        ("${p%%.*}", "/usr/local/lib/x", ["/usr/local/lib/x"]), ("${a#x}", "one", ["one"]), ("${a%e}", "on", ["on"]),
        ("${a#?}", "ne", ["ne"]), ("${star#a\\*}", "b", ["b"]), ("${star%\\*b}", "a", ["a"]), ("${nope#x}", "", []),
        ("${a/n/N}", "oNe", ["oNe"]), ("${p//\\//-}", "-usr-local-lib-x.tar.gz", ["-usr-local-lib-x.tar.gz"]),
        ("${p/l*/L}", "/usr/L", ["/usr/L"]), ("${a//?/x}", "xxx", ["xxx"]), ("${a/z/x}", "one", ["one"]),
        ("$é", "accent", ["accent"]), ("é", "é", ["é"]), ("${n#*y}", "x\ny", ["x", "y"]),
        ("\"\"", "", []), ("a\"\"b", "ab", ["ab"]), ("\"a\"'b'c", "abc", ["abc"]),
        ("a\tb\u{A0}c", "a\tb\u{A0}c", ["a", "b", "c"]),
        ("$a$nope$a", "oneone", ["oneone"]), ("${a}b", "oneb", ["oneb"]), ("$a.b", "one.b", ["one.b"]),
    ]

    @Test("gives BuildKit's value and words", arguments: expanded)
    func expands(word: String, value: String, words: [String]) throws {
        let expansion = try WordExpander().expand(word, in: Self.values)
        #expect(expansion.value == value)
        #expect(expansion.words == words)
    }

    static let refused: [(word: String, message: String)] = [
        ("${", "syntax error: missing '}'"), ("${a", "syntax error: missing '}'"),
        ("${a:", "syntax error: missing '}'"),
        ("${a:-", "syntax error: missing '}'"), ("${a:-x", "syntax error: missing '}'"),
        ("${}", "syntax error: bad substitution"),
        ("${:-x}", "syntax error: bad substitution"), ("${{a}", "syntax error: bad substitution"),
        ("${a:#x}", "unsupported modifier (:#) in substitution"),
        ("${a:%x}", "unsupported modifier (:%) in substitution"),
        ("${a:x}", "unsupported modifier (:x) in substitution"), ("${a!}", "unsupported modifier (!) in substitution"),
        ("${a^}", "unsupported modifier (^) in substitution"), ("${nope?}", "nope: is not allowed to be unset"),
        ("${nope:?}", "nope: is not allowed to be unset"), ("${empty:?}", "empty: is not allowed to be empty"),
        ("${nope?gone}", "nope: gone"), ("'a", "unexpected end of statement while looking for matching single-quote"),
        ("\"a", "unexpected end of statement while looking for matching double-quote"),
        ("\"a\\", "unexpected end of statement while looking for matching double-quote"),
        ("${a/x", "syntax error: missing '/' in ${}"), ("${a/x/y", "syntax error: missing '}'"),
        ("${a#\\x}", "invalid pattern (\\x) in substitution: invalid escape '\\x'"),
        ("${a%b\\c}", "invalid pattern (b\\c) in substitution: invalid escape '\\c'"),
        ("${a//\\x/y}", "invalid pattern (\\x) in substitution: invalid escape '\\x'"),
        // Behind a colon the word is read before its modifier is judged.
        ("${a:=x}", "unsupported modifier (:=) in substitution"),
        ("${nope:=x}", "unsupported modifier (:=) in substitution"),
        ("${a:=x", "syntax error: missing '}'"), ("${a:=$b${}", "syntax error: bad substitution"),
        ("${a:#x", "unsupported modifier (:#) in substitution"), ("${a=x", "unsupported modifier (=) in substitution"),
    ]

    @Test("refuses with BuildKit's message", arguments: refused)
    func refuses(word: String, message: String) {
        let error = #expect(throws: ExpansionError.self) { try WordExpander().expand(word, in: Self.values) }
        #expect(error?.description == message)
    }

    @Test("escapes with a backtick where the file says so")
    func backtick() throws {
        let expander = WordExpander(escape: "`")
        #expect(try expander.expand("`$a\\$a\"`$a\\\"", in: Self.values).value == "$a\\one$a\\")
    }

    @Test("names the variables without value, and those that have something instead")
    func unset() throws {
        let expansion = try WordExpander().expand("$x ${y:-1} $x $a ${z#q} ${y}", in: Self.values)
        #expect(expansion.unset == ["x", "y", "z"])
        #expect(expansion.unsetWithFallback == [])
        #expect(try WordExpander().expand("${y:-1}${w+2}", in: [:]).unsetWithFallback == ["y", "w"])
    }

    @Test("refuses nesting, growth and patterns that would not end")
    func hostile() {
        let deep = String(repeating: "${x:-", count: 50_000) + String(repeating: "}", count: 50_000)
        #expect(throws: ExpansionError("substitutions are nested too deeply")) {
            try WordExpander().expand(deep, in: [:])
        }
        let big = ["x": String(repeating: "x", count: 1_000)]
        #expect(throws: ExpansionError("the expanded word is larger than 5000 bytes")) {
            try WordExpander(maximumBytes: 5_000).expand("$x$x$x$x$x$x", in: big)
        }
        let value = ["x": String(repeating: "a", count: 100_000)]
        let pattern = "${x#" + String(repeating: "*a", count: 2_000) + "*b}"
        #expect(throws: ExpansionError("the pattern takes too long to match")) {
            try WordExpander().expand(pattern, in: value)
        }
    }
}
