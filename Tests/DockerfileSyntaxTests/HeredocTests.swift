// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import DockerfileSyntax

@Suite("Heredoc")
struct HeredocTests {
    private func instruction(_ text: String) throws -> Instruction {
        let dockerfile = Dockerfile(parsing: "FROM alpine\n" + text)
        #expect(dockerfile.errors == [])
        return try #require(dockerfile.instructions.dropFirst().first)
    }

    private func script(_ text: String) throws -> RunInstruction.Script {
        guard case .run(let run) = try instruction(text).content else {
            Issue.record("no RUN")
            return .exec([])
        }
        return run.script
    }

    static let words: [(text: String, name: String?, isExpanded: Bool, strips: Bool, descriptor: Int)] = [
        ("<<EOF", "EOF", true, false, 0), ("<<-EOF", "EOF", true, true, 0), ("3<<EOF", "EOF", true, false, 3),
        ("<<\"EOF\"", "EOF", false, false, 0), ("<<'E F'", "E F", false, false, 0),
        ("<<E\"O\"F", "EOF", false, false, 0),
        ("<<\\EOF", "EOF", false, false, 0), ("<<", nil, true, false, 0), ("<<-", nil, true, false, 0),
        ("<<<x", nil, true, false, 0), ("x<<EOF", nil, true, false, 0), ("<<a<b", nil, true, false, 0),
        ("<<'x", nil, true, false, 0), ("99999999999999999999<<X", "X", true, false, Int.max),
        ("<EOF", nil, true, false, 0),
        ("<<$x", "$x", true, false, 0),
    ]

    @Test("reads the words that announce one", arguments: words)
    func reads(text: String, name: String?, isExpanded: Bool, strips: Bool, descriptor: Int) {
        let word = HeredocWord(text)
        #expect(word?.name == name)
        guard let word else { return }
        #expect(word.isExpanded == isExpanded && word.stripsTabs == strips && word.fileDescriptor == descriptor)
    }

    @Test("gives a RUN's only one to the shell, and knows its lines")
    func body() throws {
        let text = "RUN <<-EOF\n\tapk add x\n\t\tfoo\n\tEOF\nUSER a\n"
        guard case .shell(let script) = try script(text) else {
            Issue.record("no shell script")
            return
        }
        #expect(script.text == "apk add x\nfoo\n")
        #expect(script.position(at: 10) == SourcePosition(line: 4, column: 3))
        let run = try instruction(text)
        #expect(run.form == .heredoc && run.startLine == 2 && run.endLine == 5)
        #expect(run.heredocs.first?.rawContent == "\tapk add x\n\t\tfoo\n")
        #expect(run.heredocs.first?.firstLine == 3)
        #expect(run.heredocs.first?.wordRange.start == SourcePosition(line: 2, column: 5))
    }

    @Test("makes a file of one that names its interpreter")
    func interpreter() throws {
        guard case .file(let name, let content) = try script("RUN <<PY\n#!/usr/bin/python3\nprint(1)\nPY\n") else {
            Issue.record("no file")
            return
        }
        #expect(name == "PY" && content.text == "#!/usr/bin/python3\nprint(1)\n")
    }

    @Test("makes a file of one whose interpreter stands behind tabs that `<<-` takes away")
    func tabbedInterpreter() throws {
        guard case .file(let name, let content) = try script("RUN <<-SH\n\t#!/bin/sh\n\techo\n\tSH\n") else {
            Issue.record("no file")
            return
        }
        #expect(name == "SH" && content.text == "#!/bin/sh\necho\n")
    }

    @Test("makes no file where the interpreter does not stand at the very beginning")
    func lateInterpreter() throws {
        for text in [
            "RUN <<SH\n\t#!/bin/sh\nSH\n", "RUN <<-SH\n\n\t#!/bin/sh\n\tSH\n", "RUN <<-SH\n #!/bin/sh\n\tSH\n",
        ] {
            guard case .shell = try script(text) else {
                Issue.record("a file")
                return
            }
        }
    }

    /// Shell expansions beside a here-document. The builder's own reader of words goes over them, and where it cannot, it
    /// sees no here-document at all.
    static let besideExpansions: [(line: String, isFound: Bool)] = [
        ("RUN : ${X:=y} && cat <<E", true), ("RUN echo \"${X:0:3}\" && cat <<E", true),
        ("RUN : ${X:?gone} <<E", true), ("RUN x=${X%%.*} cat <<E", true), ("RUN echo ${X^^} && cat <<E", false),
    ]

    @Test("is found beside the shell's expansions", arguments: besideExpansions)
    func beside(line: String, isFound: Bool) throws {
        let dockerfile = Dockerfile(parsing: "FROM alpine\n\(line)\nbody\nE\n")
        #expect(dockerfile.instructions[1].heredocs.count == (isFound ? 1 : 0))
        #expect(dockerfile.errors.isEmpty == isFound)
    }

    @Test("puts the text together again when there is a command beside them")
    func several() throws {
        guard case .shell(let script) = try script("RUN cat <<A 3<<-B \\\n  && x\na\nA\n\tb\n\tB\nUSER c\n") else {
            Issue.record("no shell script")
            return
        }
        #expect(script.text == "cat <<A 3<<-B   && x\na\nA\n\tb\nB")
        let line = script.text.utf8.count - 1
        #expect(script.position(at: line) == SourcePosition(line: 7, column: 2))
    }

    @Test("makes files for COPY, under their names")
    func files() throws {
        let copy = try instruction("COPY <<a <<\"b c\" plain /d/\n$x\na\ny\nb c\n")
        guard case .copy(let content) = copy.content else {
            Issue.record("no COPY")
            return
        }
        // BuildKit cuts COPY's words at blanks, quoted or not; so only the first is a file.
        guard case .heredoc(let first) = content.sources.first else {
            Issue.record("no file")
            return
        }
        #expect(first.name == "a" && first.isExpanded && first.content.text == "$x\n")
        #expect(copy.heredocs.map(\.name) == ["a", "b c"])
    }

    @Test("belongs to the instruction inside ONBUILD")
    func onbuild() throws {
        let onbuild = try instruction("ONBUILD RUN <<E\nls\nE\n")
        #expect(onbuild.heredocs.count == 1 && onbuild.trigger?.heredocs.count == 1)
        #expect(onbuild.trigger?.form == .heredoc && onbuild.endLine == 4)
        guard case .onbuild(let content) = onbuild.content else { return }
        #expect(content.expression == "RUN <<E\nls\nE")
    }

    static let withoutHeredoc = [
        "RUN echo '<<EOF'", "RUN [\"<<EOF\"]", "CMD <<EOF", "RUN echo $((1<<2))", "ENV a=<<EOF", "RUN cat <<<EOF",
        "RUN echo \"it's <<EOF", "ONBUILD CMD <<EOF",
    ]

    @Test("is none in quotes, in JSON and in other instructions", arguments: withoutHeredoc)
    func isNone(text: String) throws { #expect(try instruction(text + "\nUSER a\n").heredocs == []) }

    @Test("ends at its word alone on a line, whatever the line end")
    func lineEnds() throws {
        let run = try instruction("RUN <<E\r\n E\r\nE \r\nE\r\nUSER a\r\n")
        #expect(run.heredocs.first?.rawContent == " E\r\nE \r\n")
        let empty = try instruction("RUN <<E\nE\n")
        #expect(empty.heredocs.first?.rawContent == "" && empty.endLine == 3)
    }
}
