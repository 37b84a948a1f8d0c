// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileSyntax

@Suite("Syntax errors")
struct SyntaxErrorTests {
    /// Each text stands on line 2, below a `FROM`.
    static let refused: [(text: String, message: String)] = [
        ("FOO bar", "unknown instruction: FOO (did you mean FROM?)"),
        ("apt-get update", "unknown instruction: apt-get"),
        ("RUNN ls", "unknown instruction: RUNN (did you mean RUN?)"),
        ("FORM alpine", "unknown instruction: FORM (did you mean FROM?)"),
        ("copi a b", "unknown instruction: copi (did you mean COPY?)"),
        ("FROM", "FROM requires either one or three arguments"),
        ("FROM a b", "FROM requires either one or three arguments"),
        ("FROM a AS b c", "FROM requires either one or three arguments"),
        (
            "FROM a AS 1x",
            "invalid name for build stage: \"1x\", name can't start with a number or contain symbols"
        ),
        ("FROM --foo=1 a", "unknown flag: --foo"),
        ("FROM --platfrom=1 a", "unknown flag: --platfrom (did you mean platform?)"),
        ("COPY --from a b", "missing a value on flag: --from"),
        ("COPY --form=x a b", "unknown flag: --form (did you mean from?)"),
        ("COPY --from=x --from=y a b", "duplicate flag specified: --from"),
        ("COPY --link=maybe a b", "expecting boolean value for flag --link, not: maybe"),
        ("COPY --link= a b", "missing a value on flag: --link"),
        (
            "COPY a",
            "COPY requires at least two arguments, but only one was provided. Destination could not be determined"
        ),
        (
            "ADD",
            "ADD requires at least two arguments, but only one was provided. Destination could not be determined"
        ),
        (
            "COPY --from=$x a b",
            "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround"
        ),
        ("COPY https://example.com/x /x", "source can't be a URL for COPY"),
        ("COPY a <<EOF", "unterminated heredoc"),
        ("COPY a <<EOF\nEOF", "COPY cannot accept a heredoc as a destination"),
        ("RUN <<EOF\nls", "unterminated heredoc"),
        ("RUN [\"ls\", 1]", "when using JSON array syntax, arrays must be comprised of strings only"),
        ("CMD [[]]", "when using JSON array syntax, arrays must be comprised of strings only"),
        ("RUN --mount=type=bin ls", "unsupported mount type \"bin\" (did you mean bind?)"),
        ("RUN --mount=type=bind,mode=0400,target=/x ls", "mode not allowed for \"bind\" type mounts"),
        ("RUN --mount=type=secret,from=x ls", "secret mount should not have a from"),
        ("RUN --mount=type=secret ls", "invalid secret mount. one of source, target required"),
        ("RUN --mount=type=secret,id=a,source=b ls", "both source and id can't be set"),
        ("RUN --mount=foo ls", "invalid field 'foo' must be a key=value pair"),
        ("RUN --mount=type=bind,sharing=locked ls", "unexpected key 'sharing' for mount type 'bind'"),
        ("RUN --mount=type=cache,required ls", "unexpected key 'required' for mount type 'cache'"),
        ("RUN --network=wifi ls", "invalid network mode \"wifi\""),
        ("RUN --security=none ls", "security \"none\" is not valid"),
        ("ENV", "ENV requires at least one argument"),
        ("ENV a", "ENV must have two arguments"),
        ("ENV a=b c", "Syntax error - can't find = in \"c\". Must be of the form: name=value"),
        ("ENV =b", "ENV names can not be blank"),
        ("LABEL a", "LABEL must have two arguments"),
        ("ARG", "ARG requires at least one argument"),
        ("ARG =x", "ARG names can not be blank"),
        ("EXPOSE", "EXPOSE requires at least one argument"),
        ("VOLUME", "VOLUME requires at least one argument"),
        ("VOLUME [\"\"]", "VOLUME specified can not be an empty string"),
        ("USER", "USER requires exactly one argument"),
        ("WORKDIR", "WORKDIR requires exactly one argument"),
        ("STOPSIGNAL", "STOPSIGNAL requires exactly one argument"),
        ("MAINTAINER", "MAINTAINER requires exactly one argument"),
        ("SHELL", "SHELL requires at least one argument"),
        ("SHELL /bin/sh -c", "SHELL requires the arguments to be in JSON form"),
        ("ONBUILD", "ONBUILD requires at least one argument"),
        ("ONBUILD ONBUILD RUN ls", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"),
        ("ONBUILD from x", "FROM isn't allowed as an ONBUILD trigger"),
        ("ONBUILD MAINTAINER me", "MAINTAINER isn't allowed as an ONBUILD trigger"),
        ("ONBUILD ENV a", "ENV must have two arguments"),
        ("HEALTHCHECK", "HEALTHCHECK requires at least one argument"),
        ("HEALTHCHECK NONE x", "HEALTHCHECK NONE takes no arguments"),
        ("HEALTHCHECK CMD", "Missing command after HEALTHCHECK CMD"),
        ("HEALTHCHECK curl x", "Unknown type \"CURL\" in HEALTHCHECK (try CMD)"),
        ("HEALTHCHECK --interval=1x CMD a", "time: unknown unit \"x\" in duration \"1x\""),
        ("HEALTHCHECK --interval=5 CMD a", "time: missing unit in duration \"5\""),
        ("HEALTHCHECK --interval=1us CMD a", "Interval \"interval\" cannot be less than 1ms"),
        ("HEALTHCHECK --retries=-1 CMD a", "--retries must be at least 0 (not -1)"),
        ("HEALTHCHECK --retries=x CMD a", "strconv.ParseInt: parsing \"x\": invalid syntax"),
        ("USER --x=y me", "unknown flag: --x"),
    ]

    @Test("refuses what BuildKit refuses, in its words, and reads on", arguments: refused)
    func refuses(text: String, message: String) throws {
        let dockerfile = Dockerfile(parsing: "FROM alpine\n\(text)\nWORKDIR /after\n")
        #expect(dockerfile.errors.map(\.message) == [message])
        #expect(dockerfile.errors.first?.line == 2)
        #expect(dockerfile.instructions.count == 3)
        let last = try #require(dockerfile.instructions.last)
        #expect(last.keyword == .workdir)
        guard case .workdir(let path) = last.content else {
            Issue.record("the instruction behind the error is not read")
            return
        }
        #expect(path.text == "/after")
    }

    static let accepted: [String] = [
        "RUN", "RUN ['single']", "CMD []", "ENTRYPOINT [ ]", "RUN [\"a\"] b", "HEALTHCHECK --retries=0 CMD x",
        "HEALTHCHECK --bogus NONE", "ONBUILD FOO bar", "COPY --exclude=a --exclude=b x y", "COPY --link a b",
        "RUN --mount=type=secret,id=x --mount=type=ssh,required --mount=from=a,target=/b ls", "COPY a$b c",
        "RUN --mount=type=$kind,target=/x ls", "ENV a= b=\"\"", "LABEL \"a b\"=c", "copy a b", "ADD https://x.y/z /",
        "RUN --network=none --security=insecure --device=gpu ls", "EXPOSE 80/tcp 90-95", "RUN -- ls", "VOLUME /a /b",
    ]

    @Test("accepts what BuildKit accepts", arguments: accepted)
    func accepts(text: String) {
        #expect(Dockerfile(parsing: "FROM alpine\n\(text)\n").errors == [])
    }

    @Test("says once that instructions come before the first stage, and nothing of ARG")
    func noStage() {
        let dockerfile = Dockerfile(parsing: "ARG a=b\nRUN ls\nRUN ls\nFROM alpine\n")
        #expect(dockerfile.errors.map(\.message) == ["no build stage in current context"])
        #expect(dockerfile.errors.first?.line == 2)
    }

    @Test(
        "refuses a file without instructions",
        arguments: ["", "\n", "# only a comment\n", "\u{FEFF}", "# syntax=docker/dockerfile:1\n", " \t\r\n"]
    )
    func empty(text: String) {
        #expect(Dockerfile(parsing: text).errors.map(\.message) == ["file with no instructions"])
    }

    @Test("reads on behind a here-document without an end, at the next instruction")
    func unterminated() {
        let dockerfile = Dockerfile(parsing: "FROM a\nRUN <<EOF\nls\n  RUN no\nUSER me\nRUN <<EOF\nCMD x\n")
        #expect(dockerfile.errors.map(\.line) == [2, 6])
        #expect(dockerfile.instructions.compactMap(\.keyword) == [.from, .run, .user, .run, .cmd])
    }

    @Test("knows the longest line that the builder reads, to the byte")
    func longLines() {
        let fits = "RUN " + String(repeating: "x", count: 65_531)
        #expect(Dockerfile(parsing: "FROM a\n" + fits + "\n").errors == [])
        let message = "dockerfile line greater than max allowed size of 65535"
        #expect(Dockerfile(parsing: "FROM a\n" + fits + "x\n").errors.map(\.message) == [message])
        #expect(Dockerfile(parsing: "FROM a\nRUN <<E\n" + fits + "x\nE\n").errors.map(\.message) == [message])
    }

    @Test("shows the lines around an error as BuildKit does")
    func excerpt() throws {
        let dockerfile = Dockerfile(parsing: "FROM alpine\nWORKDIR /a\nUSER me\nRUNN ls\nCMD x\n")
        let error = try #require(dockerfile.errors.first)
        #expect(error.located(in: "Dockerfile") == "Dockerfile:4:1: unknown instruction: RUNN (did you mean RUN?)")
        #expect(
            error.description == "dockerfile parse error on line 4: unknown instruction: RUNN (did you mean RUN?)"
        )
        let dashes = String(repeating: "-", count: 20) + "\n"
        let lines =
            "   2 |     WORKDIR /a\n   3 |     USER me\n   4 | >>> RUNN ls\n   5 |     CMD x\n   6 |     \n"
        #expect(dockerfile.file.excerpt(around: error.range) == dashes + lines + dashes)
    }
}
