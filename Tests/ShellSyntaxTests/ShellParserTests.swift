// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax
import Testing

@Suite("A script as a tree")
struct ShellParserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let dialect: ShellDialect
        let script: String
        let outline: String
        var testDescription: String { name }

        init(_ name: String, _ script: String, _ outline: String) { self.init(name, .bash, script, outline) }

        init(_ name: String, _ dialect: ShellDialect, _ script: String, _ outline: String) {
            self.name = name
            self.dialect = dialect
            self.script = script
            self.outline = outline
        }
    }

    static let right: [Row] = [
        Row("nothing", " \n# only words\n", ""),
        Row("lists", "a && b || ! c; d & e\nf", "[a] && [b] || ! [c]; [d] &; [e] / [f]"),
        Row("pipes", "a | b |\nc", "[a] | [b] | [c]"),
        Row("both streams in a pipe", "a |& b", "[a 2>&'1'] | [b]"),
        Row("quotes", #"a'b'"c$d"\e"#, "[a'b''''c'<d>q'e']"),
        Row("conditional", "if a; then b; elif c; then d; else e; fi", "[if [a] then [b] if [c] then [d] else [e]]"),
        Row("loops", "while a; do b; done; until c; do d; done", "[while [a] do [b]]; [until [c] do [d]]"),
        Row("for without in", "for x do a; done", "[for x do [a]]"),
        Row("for of no words", "for x in; do a; done", "[for x in  do [a]]"),
        Row("for with arithmetic", "for ((i=0;i<(2);i++)) do a; done", "[for 'i=0';'i<(2)';'i++' do [a]]"),
        Row("function", "f() { a; } >b", "[function f [group [a] >b]]"),
        Row("function by word", "function f { a; }", "[function f [group [a]]]"),
        Row("case with a bracket before", "case x in (a|b) c;; esac", "[case x (a|b) [c] stop]"),
        Row("case without the last end", "case x in a) b\nesac", "[case x (a) [b] stop]"),
        Row(
            "case in a substitution",
            "$(case x in a) b;; (c) d;; esac)",
            "[<command [case x (a) [b] stop (c) [d] stop]>]"
        ),
        Row("case of nothing", "case x in esac", "[case x]"),
        Row(
            "case with every ending",
            "case x in a) b;& c) d;;& e) ;; esac",
            "[case x (a) [b] fallThrough (c) [d] testNext (e)  stop]"
        ),
        Row("subshells that look like arithmetic", "((a); b)", "[subshell [subshell [a]]; [b]]"),
        Row("arithmetic", "((a + (b)))", "[arithmetic 'a + (b)']"),
        Row("substitution that looks like arithmetic", "echo $((a); b)", "[echo <command [subshell [a]]; [b]>]"),
        Row("arithmetic substitution", .dash, "echo $((a + $b))", "[echo <arithmetic 'a + '<b>q>]"),
        Row("arrays", "a=(1 'b c') b[1]=2 c+=(d)", "[a=(1 'b c') b['1']=2 c+=(d)]"),
        Row("no array index in dash", .dash, "b[1]=2", "[b[1]=2]"),
        Row("declared array", "local a=(1)", "[a=(1) local]"),
        Row("expansions", "${a:-b} ${#c} ${d%%e} ${f:?}", "[<a:-b> <#c> <d%%e> <f:?>]"),
        Row("replacement", "${a//b/c} ${d/e}", "[<a/all b by c> <d/first e by >]"),
        Row("replacement in dash", .dash, "${a/b/c}", "[<a bad>]"),
        Row("here-document", "a <<E; b\n$x\nE\nc", "[a <<{<x>q'\n'}]; [b] / [c]"),
        Row("quoted here-document", "a <<'E'\n$x\nE\n", "[a <<{'$x\n'}]"),
        Row("here-document without tabs", "a <<-E\n\tb\n\tE\n", "[a <<{'b\n'}]"),
        Row("two here-documents", "a <<E <<F\n1\nE\n2\nF\n", "[a <<{'1\n'} <<{'2\n'}]"),
        Row(
            "here-document in a substitution in a here-document",
            "a <<E\n$(b <<F\n1\nF\n)\nE\nc",
            "[a <<{<command [b <<{'1\n'}]>q'\n'}] / [c]"
        ),
        Row("here-document that nobody ends, in dash", .dash, "a <<E\nb", "[a <<{'b'}]"),
        Row("here-document that nobody ends, in bash", "a <<E\nb", "[a <<{'b\n'}]"),
        Row(
            "here-document within arithmetic that is none",
            "echo $((a <<E\nb\nE\n) ); c",
            "[echo <command [subshell [a <<{'b\n'}]]>]; [c]"
        ),
        Row("redirections", "a 2>&1 <b >>c <>d >|e", "[a 2>&1 <b >>c <>d >|e]"),
        Row("here-string", "a <<<$b", "[a <<<<b>]"),
        Row("process substitution", "a <(b)", "[a <process [b]>]"),
        Row("test", "[[ -f a && b == c* || ! d ]]", "[test or(and(-f a, b == c*), not(d))]"),
        Row("regular expression", "[[ a =~ ^(b|c)+$ ]]", "[test a =~ ^(b|c)+$]"),
        Row("backquotes within backquotes", #"`a \`b\``"#, "[<command [a <command [b]>]>]"),
        Row("carriage returns are bytes of words", "a\r\nb\r\n", "[a\r] / [b\r]"),
        Row("NUL is a byte of a word", "a\0b", "[a\0b]"),
        Row("joined lines", "a \\\n b\\\nc", "[a bc]"),
        Row("reserved words as arguments", "echo if then { }", "[echo if then { }]"),
    ]

    @Test("has the shape that the grammar gives it", arguments: right)
    func shape(row: Row) throws {
        let outline = try Outline.of(row.script, row.dialect)
        #expect(outline == row.outline)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let name: String
        let dialect: ShellDialect
        let script: String
        let message: String
        let line: Int
        var testDescription: String { name }

        init(_ name: String, _ script: String, _ message: String, line: Int = 1) {
            self.init(name, .dash, script, message, line: line)
        }

        init(_ name: String, _ dialect: ShellDialect, _ script: String, _ message: String, line: Int = 1) {
            self.name = name
            self.dialect = dialect
            self.script = script
            self.message = message
            self.line = line
        }
    }

    static let wrong: [Wrong] = [
        Wrong("single quote", "a\n'b", "Unterminated quoted string", line: 2),
        Wrong("double quote", "\"b", "Unterminated quoted string"),
        Wrong("quote of C", .bash, "$'a\\'", "Unterminated quoted string"),
        Wrong("backquote", "`b", "EOF in backquote substitution"),
        Wrong("substitution", "$(b", "end of file unexpected (expecting \")\")"),
        Wrong("subshell", "(b", "end of file unexpected (expecting \")\")"),
        Wrong("brace", "${b", "Missing '}'"),
        Wrong("brace with an operation", "${b:-", "Missing '}'"),
        Wrong("arithmetic", "$((b)", "Missing '))'"),
        Wrong("group", "{ b", "end of file unexpected (expecting \"}\")"),
        Wrong("if", "if a; then b", "end of file unexpected (expecting \"fi\")"),
        Wrong("loop", "while a\ndo b\n", "end of file unexpected (expecting \"done\")", line: 3),
        Wrong("case", "case x in a) b", "end of file unexpected (expecting \";;\")"),
        Wrong("case without patterns", "case x in", "end of file unexpected (expecting \"esac\")"),
        Wrong("case with an empty pattern", "case x in a|) b;; esac", "\")\" unexpected"),
        Wrong(";;& outside of bash", "case x in a) b;;& esac", "\"&\" unexpected (expecting \"esac\")"),
        Wrong(";; without case", "a;; b", "\";;\" unexpected"),
        Wrong("bracket alone", "a\n)", "\")\" unexpected", line: 2),
        Wrong("word behind a subshell", "(a) b", "word unexpected"),
        Wrong("closing word alone", "fi", "\"fi\" unexpected"),
        Wrong("empty body", "if a; then fi", "\"fi\" unexpected"),
        Wrong("array in dash", "a=(1)", "\"(\" unexpected"),
        Wrong("array that nobody ends", .bash, "a=(1", "end of file unexpected (expecting \")\")"),
        Wrong("test that nobody ends", .bash, "[[ a", "end of file unexpected (expecting \"]]\")"),
        Wrong("loop with one semicolon", .bash, "for ((a;b)); do c; done", "\")\" unexpected (expecting \";\")"),
        Wrong("loop with half its brackets", .bash, "for ((a;b;c) do d; done", "\")\" unexpected (expecting \"))\")"),
        Wrong("redirection to nothing", "a >", "end of file unexpected"),
        Wrong("pipe to nothing", "a |", "end of file unexpected"),
        Wrong("function name", "a-b() { c; }", "Bad function name"),
        Wrong(
            "carriage return behind a reserved word",
            "if a; then\r\nb; fi\r\n",
            "end of file unexpected (expecting \"then\")",
            line: 3
        ),
    ]

    @Test("is refused where it is wrong, and the line is said", arguments: wrong)
    func refuses(row: Wrong) {
        do {
            let outline = try Outline.of(row.script, row.dialect)
            Issue.record("was read as \(outline)")
        } catch {
            #expect(error.message == row.message)
            #expect(error.line == row.line)
            #expect(error.offset <= row.script.utf8.count)
            #expect(!error.isOverLimit)
        }
    }

    @Test(
        "is not followed deeper than the limits say",
        arguments: [
            "(", "$(", "{ ", "if ", "${a:-", "\"$(", "! (", "f() ", "$((", "[[ (", "a <<E\n$(", "while ", "a[$(", "<(",
        ]
    )
    func depth(opening: String) {
        let script = String(repeating: opening, count: 200)
        for dialect in ShellDialect.allCases {
            #expect(throws: ShellSyntaxError.self) { try Outline.of(script, dialect) }
        }
        var limits = Limits.submission
        limits.depth = 8
        var parser = ShellParser(Array("((((((((((a))))))))))".utf8), dialect: .dash, limits: limits)
        let error = #expect(throws: ShellSyntaxError.self) { try parser.allCommands() }
        #expect(error?.isOverLimit == true)
    }

    @Test(
        "takes no longer at each level for what can be read in two ways",
        arguments: [("$((", ")"), ("a[$(", ")]"), ("echo $((", ") )"), ("((", ") )"), ("a=$((", ") ; x )")]
    )
    func ambiguous(opening: String, closing: String) {
        // Were each level read twice, the deepest would be read a million times.
        for depth in [10, 20, 30] {
            let script =
                String(repeating: opening, count: depth) + ":" + String(repeating: closing, count: depth) + "\n"
            _ = try? Outline.of(script, .bash)
        }
    }

    @Test("may be long without being deep")
    func long() throws {
        let many = 100_000
        let terms = "[[ " + Array(repeating: "a", count: many).joined(separator: " || ") + " ]]"
        for script in [terms, terms.replacing("||", with: "&&"), String(repeating: "a | ", count: many) + "a"] {
            var parser = ShellParser(Array(script.utf8), dialect: .bash, limits: .submission)
            #expect(try parser.allCommands().count == 1)
        }
    }

    @Test("bytes that are no text hide no function behind them")
    func notUTF8() throws {
        var parser = ShellParser([0xFF, 0xFF] + Array(" a () b\n".utf8), dialect: .bash, limits: .submission)
        #expect(throws: ShellSyntaxError.self) { try parser.allCommands() }
    }
}
