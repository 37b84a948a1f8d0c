// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import DockerfileSyntax

@Suite("Dockerfile")
struct DockerfileTests {
    private func instruction(_ text: String, _ head: String = "FROM alpine\n") throws -> Instruction {
        let dockerfile = Dockerfile(parsing: head + text)
        #expect(dockerfile.errors == [])
        return try #require(dockerfile.instructions.last)
    }

    @Test("joins continuation lines and keeps each word's place")
    func continuation() throws {
        let run = try instruction("RUN apk add \\\n  # why\n\n  curl\n")
        #expect(run.original == "RUN apk add   curl")
        #expect(run.emptyContinuationLines == [4])
        #expect(run.startLine == 2 && run.endLine == 5)
        guard case .run(let content) = run.content, case .shell(let script) = content.script else {
            Issue.record("no shell script: \(run.content)")
            return
        }
        #expect(script.text == "apk add   curl")
        #expect(script.position(at: 10) == SourcePosition(line: 5, column: 3))
        #expect(script.position(at: 0) == SourcePosition(line: 2, column: 5))
    }

    static let continuations: [(text: String, original: String)] = [
        ("RUN a\\\nb", "RUN ab"),
        ("RUN a \\ \t\nb", "RUN a b"),
        ("RUN a\\\\\n", "RUN a\\\\"),
        ("RUN a\\\\\\\n", "RUN a\\\\\\"),
        ("RUN a \\\r\n  b\r\n", "RUN a   b"),
        ("  RUN a", "RUN a"),
        ("RUN a \\", "RUN a "),
        ("RUN a \\\n\\\n b", "RUN a  b"),
        ("RUN a \\\n# c\\\n\t# d\n b", "RUN a  b"),
        ("R\\\nU\\\nN a", "RUN a"),
        ("\\\nRUN a", "RUN a"),
        ("RUN echo a # b", "RUN echo a # b"),
    ]

    @Test("continues lines as the builder does", arguments: continuations)
    func continues(text: String, original: String) throws {
        #expect(try instruction(text).original == original)
    }

    @Test("continues with a backtick when a directive says so, and a backslash is a letter then")
    func backtick() throws {
        let dockerfile = Dockerfile(parsing: "# escape=`\nFROM a\nCOPY a `\n  C:\\\nRUN x\n")
        #expect(dockerfile.escape == "`")
        #expect(dockerfile.instructions.map(\.original) == ["FROM a", "COPY a   C:\\", "RUN x"])
    }

    static let directives: [(text: String, names: [Directive.Name: String])] = [
        ("# syntax=docker/dockerfile:1\n# escape=`\nFROM a", [.syntax: "docker/dockerfile:1", .escape: "`"]),
        ("#SYNTAX = a b \nFROM a", [.syntax: "a b"]),
        ("\n# syntax=a\nFROM a", [:]),
        ("# a comment\n# syntax=a\nFROM a", [:]),
        ("# unknown=1\n# escape=`\nFROM a", [:]),
        ("FROM a\n# escape=`\n", [:]),
        ("\u{FEFF}# syntax=a\nFROM a", [.syntax: "a"]),
        (
            "#!/usr/bin/env docker\n# syntax=a\n# escape=`\n# check=error=true\nFROM a",
            [.syntax: "a", .check: "error=true"]
        ),
        ("// syntax=a\n", [.syntax: "a"]),
        ("{\"syntax\": \"a\"}\n", [.syntax: "a"]),
        ("# check=skip=A, B\r\n# syntax=x\r\nFROM a", [.check: "skip=A, B", .syntax: "x"]),
        ("  # escape=`\nFROM a", [.escape: "`"]),
        ("# escape=\nFROM a", [:]),
    ]

    @Test("reads directives at the top only", arguments: directives)
    func reads(text: String, names: [Directive.Name: String]) {
        let dockerfile = Dockerfile(parsing: text)
        let found = Dictionary(uniqueKeysWithValues: dockerfile.directives.map { ($0.name, $0.value) })
        #expect(found == names)
        #expect(dockerfile.escape == (names[.escape] == "`" ? "`" : "\\"))
    }

    @Test("refuses a directive twice and an escape that is none")
    func badDirectives() {
        #expect(
            Dockerfile(parsing: "# syntax=a\n# Syntax=b\nFROM a").errors.map(\.message) == [
                "only one syntax parser directive can be used"
            ]
        )
        let dockerfile = Dockerfile(parsing: "# escape=x\nFROM a")
        #expect(dockerfile.errors.map(\.message) == ["invalid escape token 'x' does not match ` or \\"])
        #expect(dockerfile.instructions.count == 1)
        #expect(Dockerfile(parsing: "# check=skip=A, B\nFROM a").directives.first?.effectiveValue == "skip=A,")
    }

    static let forms: [(text: String, form: Instruction.Form, arguments: [String])] = [
        ("RUN echo  a", .shell, ["echo  a"]),
        ("RUN [\"a\", \"b\\u0041\\n\"]", .exec, ["a", "bA\n"]),
        ("RUN ['a']", .shell, ["['a']"]),
        ("RUN [\"a\"] x", .shell, ["[\"a\"] x"]),
        ("CMD []", .exec, []),
        ("CMD", .shell, []),
        ("ENV a=b c=\"d e\" f=g\\ h", .keyvalue, ["a=b", "c=\"d e\"", "f=g\\ h"]),
        ("ENV a  b c=d ", .legacy, ["a", "b c=d"]),
        ("LABEL \"x y\"=1", .keyvalue, ["\"x y\"=1"]),
        ("ARG a b='c d'", .keyvalue, ["a", "b='c d'"]),
        ("EXPOSE 90  80/udp", .words, ["90", "80/udp"]),
        ("COPY \"a b\" c", .words, ["\"a", "b\"", "c"]),
        ("COPY [\"a b\", \"c\"]", .exec, ["a b", "c"]),
        ("VOLUME /a /b", .words, ["/a", "/b"]),
        ("USER  me:us ", .text, ["me:us"]),
        ("WORKDIR /a b", .text, ["/a b"]),
        ("FROM a as b", .words, ["a", "as", "b"]),
        ("HEALTHCHECK --interval=1s CMD curl x", .shell, ["CMD", "curl x"]),
        ("HEALTHCHECK CMD [\"a\"]", .exec, ["CMD", "a"]),
        ("HEALTHCHECK none", .words, ["none"]),
        ("ONBUILD RUN a b", .onbuild, ["RUN a b"]),
        ("SHELL [\"/bin/bash\", \"-c\"]", .exec, ["/bin/bash", "-c"]),
        ("STOPSIGNAL SIGTERM", .text, ["SIGTERM"]),
        ("MAINTAINER a b", .text, ["a b"]),
        ("COPY --from=x --chown=\"a b\" a b", .words, ["a", "b"]),
        ("RUN -- --x", .shell, ["--x"]),
    ]

    @Test("cuts arguments by the form that the instruction has", arguments: forms)
    func cuts(text: String, form: Instruction.Form, arguments: [String]) throws {
        let instruction = try instruction(text)
        #expect(instruction.form == form)
        #expect(instruction.arguments.map(\.text) == arguments)
    }

    @Test("takes quotes and escapes out of flags")
    func flags() throws {
        let copy = try instruction("COPY --chown=\"a b\" --exclude=x\\ y --link a b")
        #expect(copy.flags.map(\.name) == ["chown", "exclude", "link"])
        #expect(copy.flags.map(\.value) == ["a b", "x y", nil])
        #expect(copy.flags[0].range.start == SourcePosition(line: 2, column: 6))
        guard case .copy(let content) = copy.content else { return }
        #expect(content.isLinked && content.excludes == ["x y"] && content.chown == "a b")
    }

    @Test("keeps comments above an instruction, not those of another paragraph")
    func comments() {
        let dockerfile = Dockerfile(
            parsing: "# syntax=a\n# far\n\n# check=skip=X\n#near \nFROM a\nRUN b \\\n# inside\n c\nUSER d\n"
        )
        #expect(dockerfile.instructions.map { $0.comments.map(\.text) } == [["check=skip=X", "near"], [], []])
        #expect(dockerfile.comments.map(\.text) == ["far", "check=skip=X", "near", "inside"])
    }

    @Test("replaces bytes that are no UTF-8, and keeps NUL")
    func strangeBytes() throws {
        let dockerfile = Dockerfile(parsing: Array("FROM a\nRUN ".utf8) + [0xFF, 0x00, 0xC3] + Array("\n".utf8))
        #expect(dockerfile.file.wasRepaired)
        #expect(dockerfile.instructions.last?.arguments.first?.text == "\u{FFFD}\0\u{FFFD}")
    }

    @Test("reads healthcheck spans")
    func healthcheck() throws {
        let text =
            "HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0s --start-interval=5ms --retries=3 CMD a b"
        guard case .healthcheck(let check) = try instruction(text).content else {
            Issue.record("not read")
            return
        }
        #expect(check.interval == .seconds(90) && check.timeout == .milliseconds(1_500))
        #expect(check.startPeriod == .zero && check.startInterval == .milliseconds(5) && check.retries == 3)
        #expect(check.test == ["CMD-SHELL", "a b"])
    }

    @Test("reads mounts")
    func mounts() throws {
        let text =
            "RUN --mount=type=cache,target=/c,sharing=locked,uid=1,mode=0755 --mount=\"type=bind\",from=b,src=x,dst=/y,rw "
            + "--mount=type=secret,id=t,env=T --mount=type=tmpfs,target=/t,size=1.5k ls"
        guard case .run(let run) = try instruction(text).content else {
            Issue.record("not read")
            return
        }
        let fields = run.mounts.map(\.fields)
        #expect(fields.map(\.type) == [.cache, .bind, .secret, .tmpfs])
        #expect(fields.map(\.isReadOnly) == [false, false, true, false])
        #expect(fields[0].mode == 0o755 && fields[0].uid == 1 && fields[0].sharing == "locked")
        #expect(fields[1].from == "b" && fields[1].source == "x" && fields[1].target == "/y")
        #expect(fields[2].environmentVariable == "T" && fields[3].sizeBytes == 1_536)
    }

    @Test("reads a mount again when its variables have values")
    func mountVariables() throws {
        guard case .run(let run) = try instruction("RUN --mount=type=cache,id=$x,mode=$m ls").content else { return }
        let mount = try #require(run.mounts.first)
        #expect(mount.hasVariables && mount.fields.id == "$x")
        let values = ["x": "one", "m": "0700"]
        let expander = WordExpander()
        let expanded = try mount.expanded { word throws(ExpansionError) in try expander.expand(word, in: values).value }
        #expect(expanded.fields.id == "one" && expanded.fields.mode == 0o700)
        #expect(throws: RunMountError("invalid value zz for mode")) {
            try mount.expanded { word throws(ExpansionError) in word == "$m" ? "zz" : word }
        }
    }
}
