// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileSyntax

@Suite("Stage graph")
struct StageGraphTests {
    private func graph(_ text: String, _ parameters: BuildParameters = BuildParameters()) -> StageGraph {
        let dockerfile = Dockerfile(parsing: text)
        #expect(dockerfile.errors == [])
        return StageGraph(dockerfile, parameters)
    }

    @Test("finds what each stage is built on and needs")
    func finds() {
        let graph = graph(
            """
            ARG tag=3.20
            FROM alpine:$tag AS Base
            FROM base AS build
            RUN --mount=from=base,target=/b ls
            FROM scratch AS unused
            FROM Base
            COPY --from=BUILD /a /a
            COPY --from=0 /b /b
            COPY --from=nginx:1 /c /c
            """
        )
        #expect(graph.errors == [])
        #expect(graph.stages.map(\.base) == [.image("alpine:3.20"), .stage(0), .scratch, .image("Base")])
        #expect(graph.stages[3].dependencies.map(\.source) == [.stage(1), .stage(0), .image("nginx:1")])
        #expect(graph.stages[1].dependencies.map(\.kind) == [.mount])
        #expect(graph.target == 3 && graph.built == [0, 1, 3])
        #expect(graph.stage(named: "BASE")?.index == 0)
    }

    static let refused: [(text: String, target: String?, messages: [String])] = [
        ("ARG a", nil, ["dockerfile contains no stages to build"]),
        (
            "FROM a AS one\nCOPY --from=two x y\nFROM b AS two", nil,
            ["cannot copy from stage \"two\", it needs to be defined before current stage \"one\""]
        ),
        (
            "FROM a AS one\nCOPY --from=two x y\nFROM b AS two\nCOPY --from=one x y", nil,
            ["circular dependency detected on stage: one"]
        ),
        ("FROM a AS one\nCOPY --from=one x y", nil, ["circular dependency detected on stage: one"]),
        ("FROM a\nCOPY --from=3 x y", nil, ["invalid stage index 3"]),
        ("FROM a\nCOPY --from=99999999999999999999 x y", nil, ["invalid stage index 99999999999999999999"]),
        ("FROM a AS prod", "porod", ["target stage \"porod\" could not be found (did you mean prod?)"]),
        ("FROM a", "0", ["target stage \"0\" could not be found"]),
        ("FROM $x", nil, ["base name ($x) should not be blank"]),
        ("FROM ${x", nil, ["syntax error: missing '}'"]),
        ("FROM --platform=$x a", nil, ["empty platform value from expression $x"]),
        ("ARG a=${b?needed}\nFROM a", nil, ["b: needed"]),
    ]

    @Test("refuses what cannot be built, in BuildKit's words", arguments: refused)
    func refuses(text: String, target: String?, messages: [String]) {
        #expect(graph(text, BuildParameters(target: target)).errors.map(\.message) == messages)
    }

    @Test("takes the last of two stages with one name, and the earlier one as a base")
    func duplicates() {
        let graph = graph("FROM a AS x\nFROM x AS x\nFROM b\nCOPY --from=x p q\n")
        #expect(graph.stages[1].base == .stage(0))
        #expect(graph.stages[2].dependencies.map(\.source) == [.stage(1)])
        #expect(graph.built == [0, 1, 2])
    }

    @Test("builds the target that is asked for, and only what it needs")
    func target() {
        let text = "FROM a AS one\nFROM b AS two\nFROM one AS three\nFROM two AS four\n"
        #expect(graph(text, BuildParameters(target: "THREE")).built == [0, 2])
    }

    @Test("lets named contexts come before stages and images")
    func contexts() {
        let graph = graph(
            "FROM a AS base\nFROM base\nCOPY --from=base x y\n",
            BuildParameters(namedContexts: ["base"])
        )
        #expect(graph.stages[1].base == .context("base"))
        #expect(graph.stages[1].dependencies.map(\.source) == [.context("base")])
    }

    @Test("takes arguments from outside, the declaration, the platform")
    func arguments() {
        let text = "ARG v=1\nARG full=img:$v\nARG none\nFROM --platform=$BUILDPLATFORM $full-$TARGETARCH$none$oops\n"
        let parameters = BuildParameters(
            arguments: ["v": "2"],
            platform: TargetPlatform(os: "linux", architecture: "arm64")
        )
        let stage = graph(text, parameters).stages[0]
        #expect(stage.base == .image("img:2-arm64"))
        #expect(stage.platform == "linux/amd64")
        #expect(stage.undeclared == ["oops"])
    }

    @Test("follows a stage down to what is no stage")
    func chain() {
        let graph = graph("FROM a AS one\nFROM one AS two\nFROM scratch\nFROM two\nCOPY --from=2 x y\n")
        #expect(graph.chain(of: 3).map(\.index) == [3, 1, 0])
        #expect(graph.chain(of: 3).last?.base == .image("a"))
        #expect(graph.chain(of: 2).map(\.base) == [.scratch])
        #expect(graph.chain(of: 4).isEmpty && graph.chain(of: -1).isEmpty)
    }

    @Test("takes thousands of stages in a row")
    func many() {
        let text = "FROM a AS s0\n" + (1...5_000).map { "FROM s\($0 - 1) AS s\($0)\n" }.joined()
        #expect(graph(text).built.count == 5_001)
    }
}

@Suite("Stage scope")
struct StageScopeTests {
    private func scope(_ head: String, _ body: String, _ arguments: [String: String] = [:]) throws -> StageScope {
        let dockerfile = Dockerfile(parsing: head + "FROM a\n" + body)
        #expect(dockerfile.errors == [])
        var scope = StageScope(
            environment: EnvironmentList(entries: ["PATH=/bin"]),
            global: GlobalScope(dockerfile, BuildParameters(arguments: arguments)),
            expander: dockerfile.expander
        )
        var isInside = false
        for instruction in dockerfile.instructions {
            if instruction.keyword == .from { isInside = true }
            guard isInside else { continue }
            switch instruction.content {
            case .arg(let arg): try scope.declare(arg)
            case .env(let env): try scope.set(env)
            default: continue
            }
        }
        return scope
    }

    @Test("fixes all values of an ENV at its start")
    func fixed() throws {
        let scope = try scope("", "ENV abc=hello\nENV abc=bye def=$abc\nENV ghi=$abc\n")
        #expect(scope.environment.entries == ["PATH=/bin", "abc=bye", "def=hello", "ghi=bye"])
    }

    static let arguments: [(head: String, body: String, given: [String: String], value: String?)] = [
        ("ARG x=1\n", "", [:], nil), ("ARG x=1\n", "ARG x\n", [:], "1"), ("ARG x=1\n", "ARG x=2\n", [:], "2"),
        ("ARG x=1\n", "ARG x=2\n", ["x": "3"], "3"), ("", "ARG x\n", ["x": "3"], "3"), ("", "", ["x": "3"], nil),
        ("", "ARG x\n", [:], nil), ("", "ARG x=2\nENV x=4\n", ["x": "3"], "4"), ("", "ENV x=4\nARG x=2\n", [:], "4"),
        ("", "ARG y=5 x=$y\n", [:], "5"), ("", "ARG x=1\nARG x\n", [:], "1"), ("", "ARG x=${q?no}\n", ["x": "3"], "3"),
    ]

    @Test("gives an argument the value of the nearest source, and ENV before all", arguments: arguments)
    func values(head: String, body: String, given: [String: String], value: String?) throws {
        #expect(try scope(head, body, given).value(of: "x") == value)
    }

    @Test("knows platform arguments only where they are declared")
    func platform() throws {
        #expect(try scope("", "").value(of: "TARGETARCH") == nil)
        #expect(try scope("", "ARG TARGETARCH TARGETSTAGE\n").value(of: "TARGETARCH") == "amd64")
        #expect(try scope("", "ARG TARGETSTAGE\n").value(of: "TARGETSTAGE") == "default")
    }

    @Test("shows a RUN the arguments that ENV does not hide, and the proxies from outside")
    func run() throws {
        let scope = try scope("", "ARG a=1 b=2 c\nENV b=3\n", ["HTTP_PROXY": "p", "zzz": "1"])
        #expect(scope.runEnvironment.arguments == ["a=1"])
        #expect(scope.runEnvironment.environment == ["PATH=/bin", "b=3"])
        #expect(scope.proxies == ["HTTP_PROXY=p"])
        #expect(scope.isKnown("c") && !scope.isKnown("d"))
    }

    @Test("refuses variables that double each other for ever")
    func growth() throws {
        let dockerfile = Dockerfile(
            parsing: "FROM a\nENV x=0123456789abcdef\n" + String(repeating: "ENV x=$x$x\n", count: 14)
                + (0..<40).map { "ENV y\($0)=$x\n" }.joined()
        )
        var scope = StageScope(
            environment: EnvironmentList(),
            global: GlobalScope(dockerfile, BuildParameters()),
            expander: dockerfile.expander
        )
        var failures: Set<String> = []
        for case .env(let env) in dockerfile.instructions.map(\.content) {
            do { _ = try scope.set(env) } catch { failures.insert(error.description) }
        }
        #expect(failures == ["the variables take more than 2097152 bytes"])
    }

    @Test("takes a hundred thousand declarations in the time of a walk")
    func many() throws {
        let lines = (0..<100_000).map { "ARG a\($0)=$a\($0 / 2)\n" }.joined()
        let scope = try scope(lines, lines)
        #expect(scope.arguments.count == 100_000)
    }
}
