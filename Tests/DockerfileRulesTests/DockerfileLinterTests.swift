// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import Testing

@testable import DockerfileRules

@Suite("Build checks")
struct DockerfileLinterTests {
    private func findings(
        _ text: String,
        _ parameters: BuildParameters = BuildParameters(),
        ignore: String? = nil,
        isWhole: Bool = true
    ) throws -> [String] {
        let dockerfile = Dockerfile(parsing: text)
        let file = try ignore.map { try IgnoreFile(parsing: Array($0.utf8)) }
        let graph = StageGraph(dockerfile, parameters)
        let linter = DockerfileLinter(dockerfile, graph, ignore: file, isWhole: isWhole) { name in
            name == "known" ? DockerfileLinter.Base(environment: ["GIVEN=1"], hasShell: true) : nil
        }
        return linter.findings.map { "\($0.range.start.line) \($0.rule.rawValue): \($0.detail)" }
    }

    private static let relative = "can have unexpected results if the base image changes"
    private static let signals = "to prevent unintended behavior related to OS signals"
    private static let once = "should not be used in the same stage because only the last one will be used"

    /// Files and what BuildKit says of them; an empty list for those that it does not mind.
    static let files: [(text: String, findings: [String])] = [
        ("FROM a AS b\nCOPY x y\nCMD [\"x\"]", []),
        ("from a as b\ncopy x y", []),
        ("FROM a AS Bc", ["1 StageNameCasing: Stage name 'Bc' should be lowercase"]),
        ("FROM a as b", ["1 FromAsCasing: 'as' and 'FROM' keywords' casing do not match"]),
        (
            "From a as b",
            [
                "1 ConsistentInstructionCasing: Command 'From' should match the case of the command majority (uppercase)"
            ]
        ),
        ("FROM a\nRUN x \\\n\n\n y", ["5 NoEmptyContinuation: Empty continuation line"]),
        ("FROM a\nRUN x \\\n# c\n y", []),
        (
            "FROM a\nrun x",
            [
                "2 ConsistentInstructionCasing: Command 'run' should match the case of the command majority (uppercase)"
            ]
        ),
        (
            "from a\nrun x\nCOPY y z",
            [
                "3 ConsistentInstructionCasing: Command 'COPY' should match the case of the command majority (lowercase)"
            ]
        ),
        ("arg A\nFROM a\nRUN x", []),
        (
            "FROM a AS b\nFROM c AS B",
            [
                "2 StageNameCasing: Stage name 'B' should be lowercase",
                "2 DuplicateStageName: Duplicate stage name \"b\", stage names should be unique",
            ]
        ),
        (
            "FROM a AS scratch",
            [
                "1 ReservedStageName: Stage name should not use the same name as reserved stage \"scratch\""
            ]
        ),
        ("FROM a\nCMD x", ["2 JSONArgsRecommended: JSON arguments recommended for CMD \(signals)"]),
        ("FROM a\nENTRYPOINT x", ["2 JSONArgsRecommended: JSON arguments recommended for ENTRYPOINT \(signals)"]),
        ("FROM a\nSHELL [\"x\"]\nCMD x", []), ("FROM known\nCMD x", []),
        ("FROM a AS b\nSHELL [\"x\"]\nFROM b\nCMD x", []),
        (
            "FROM a\nMAINTAINER x",
            [
                "2 MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label"
            ]
        ),
        (
            "ARG BASE=a\nFROM ${BASSE}",
            [
                "2 UndefinedArgInFrom: FROM argument 'BASSE' is not declared (did you mean BASE?)",
                "2 InvalidDefaultArgInFrom: Default value for ARG ${BASSE} results in empty or invalid base image name",
            ]
        ),
        ("FROM a:${X:-b}", []),
        (
            "ARG T\nFROM a:$T",
            [
                "2 InvalidDefaultArgInFrom: Default value for ARG a:$T results in empty or invalid base image name"
            ]
        ),
        ("ARG T=1\nFROM a:$T", []),
        ("FROM a\nCOPY $foo .", ["2 UndefinedVar: Usage of undefined variable '$foo'"]),
        (
            "FROM a\nARG foo\nCOPY $foo ${fo} .",
            [
                "3 UndefinedVar: Usage of undefined variable '$fo'"
            ]
        ),
        ("FROM a\nENV A=$PAHT:x", ["2 UndefinedVar: Usage of undefined variable '$PAHT' (did you mean $PATH?)"]),
        ("FROM known\nENV A=$GIVEN B=$PATH C=${D:-x} E=$HTTP_PROXY", []),
        ("FROM a AS b\nENV Q=1\nFROM b\nUSER $Q", []),
        ("FROM a\nRUN echo $nobody\nCMD [\"$x\"]", []),
        ("FROM a\nWORKDIR x\nWORKDIR y", ["2 WorkdirRelativePath: Relative workdir \"x\" \(relative)"]),
        ("FROM a\nWORKDIR /x\nWORKDIR y", []), ("FROM a AS b\nWORKDIR /x\nFROM b\nWORKDIR y", []),
        (
            "FROM a\nCMD [\"x\"]\nCMD [\"y\"]",
            [
                "2 MultipleInstructionsDisallowed: Multiple CMD instructions \(once)"
            ]
        ),
        ("FROM a AS b\nCMD [\"x\"]\nFROM b\nCMD [\"y\"]", []),
        (
            "FROM a\nENV A b",
            [
                "2 LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy \"ENV key value\" format"
            ]
        ),
        (
            "FROM --platform=$TARGETPLATFORM a",
            [
                "1 RedundantTargetPlatform: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is "
                    + "the default behavior"
            ]
        ),
        ("FROM --platform=$BUILDPLATFORM a", []),
        (
            "FROM --platform=linux/arm64 a",
            [
                "1 FromPlatformFlagConstDisallowed: FROM --platform flag should not use constant value \"linux/arm64\""
            ]
        ),
        ("FROM --platform=linux/arm64 a AS build-arm64", []),
        (
            "FROM a\nARG TOKEN\nENV DB_PASSWORD=x AUTHOR=y MONKEY=z",
            [
                "2 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ARG \"TOKEN\")",
                "3 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV \"DB_PASSWORD\")",
            ]
        ),
        ("FROM a\nENV KEY_FILE=x PUBLIC_KEY=y TOKEN_VERSION=z", []),
        (
            "FROM a\nEXPOSE 80/TcP",
            [
                "2 ExposeProtoCasing: Defined protocol '80/TcP' in EXPOSE instruction should be lowercase"
            ]
        ),
        (
            "FROM a\nEXPOSE 127.0.0.1:80:80",
            [
                "2 ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found "
                    + "'127.0.0.1:80:80'"
            ]
        ),
        ("# words\nARG A=1\n# words\nFROM a AS b", []),
        (
            "# check=experimental=InvalidDefinitionDescription\n\n# words\nARG A=1\n# b is it\nFROM a AS b",
            [
                "4 InvalidDefinitionDescription: Comment for ARG should follow the format: `# A <description>`"
            ]
        ),
        // What the file itself says about the rules.
        ("# check=skip=StageNameCasing,MaintainerDeprecated\nFROM a AS B\nMAINTAINER x", []),
        ("# check=skip=all\nFROM a as B", []),
        (
            "# check=skip=stagenamecasing\nFROM a AS B",
            [
                "2 StageNameCasing: Stage name 'B' should be lowercase"
            ]
        ),
        ("FROM a\n# check=skip=JSONArgsRecommended\nCMD x", []),
        (
            "FROM a\n# check=skip=JSONArgsRecommended\n\nCMD x",
            [
                "4 JSONArgsRecommended: JSON arguments recommended for CMD \(signals)"
            ]
        ),
        ("", []), ("FROM\nCOPY\n", []),
    ]

    @Test("find what BuildKit finds, in its words", arguments: files)
    func finds(text: String, findings: [String]) throws { #expect(try self.findings(text) == findings) }

    static let ignored: [(line: String, ignore: String, isFound: Bool)] = [
        ("COPY a.txt /", "a.txt", true), ("COPY ./a.txt /", "*.txt", true), ("COPY /x/a.txt /", "x", true),
        ("COPY b /", "a", false), ("COPY . /", "a", false), ("COPY . /", "*", true), ("COPY . /", "**/*", true),
        ("COPY a /", "*\n!b", false), ("COPY --from=o a /", "a", false), ("ADD https://a.b/c /", "**", false),
        ("COPY <<a /x\na\na", "a", false), ("COPY ${NONE} /", "*", false),
    ]

    @Test("ask the ignore file what a copy takes", arguments: ignored)
    func ignores(line: String, ignore: String, isFound: Bool) throws {
        let found = try findings("FROM known\n" + line, ignore: ignore)
        #expect(found.contains { $0.contains("CopyIgnoredFile") } == isFound)
    }

    @Test("look at the stages that the target needs, and at all the lines")
    func reachable() throws {
        let text = "FROM a AS one\nCMD x\nFROM b AS Two\nCMD y\n"
        #expect(try findings(text, isWhole: false).map { $0.prefix(6) } == ["3 Stag", "4 JSON"])
        #expect(try findings(text, isWhole: true).count == 3)
        var parameters = BuildParameters()
        parameters.target = "one"
        #expect(try findings(text, parameters, isWhole: false).map { $0.prefix(6) } == ["2 JSON", "3 Stag"])
    }

    static let controls: [(text: String, message: String?)] = [
        ("", nil), ("skip=all", nil), ("error=true", nil), ("skip=A, B;error=1;experimental=all", nil),
        ("nope=x", "invalid check option \"nope=x\""), ("skip", "invalid check option \"skip\""),
        ("error=maybe", "strconv.ParseBool: parsing \"maybe\": invalid syntax"),
        ("skip=a;skip=b;error=true;error=false", "invalid check options"),
    ]

    @Test("refuse what no directive says", arguments: controls)
    func control(text: String, message: String?) {
        do {
            _ = try LintControl(parsing: text)
            #expect(message == nil)
        } catch { #expect(error.description == message) }
    }

    @Test("take the build argument instead of the directive")
    func argument() throws {
        let parameters = BuildParameters(arguments: ["BUILDKIT_DOCKERFILE_CHECK": "skip=all"])
        #expect(try findings("# check=error=true\nFROM a as B", parameters) == [])
        let dockerfile = Dockerfile(parsing: "# check=what\nFROM a")
        let linter = DockerfileLinter(dockerfile, StageGraph(dockerfile))
        #expect(linter.errors.map(\.message) == ["invalid check option \"what\""])
        #expect(linter.errors.first?.line == 1)
    }

    @Test("end in time on hostile files")
    func hostile() throws {
        let names = (0..<4_000).map { "ENV N\($0)=1" }.joined(separator: "\n")
        let uses = (0..<200).map { "USER $M\($0)" }.joined(separator: "\n")
        #expect(try findings("FROM known\n\(names)\n\(uses)\n").count == 200)
        let stages = (0..<1_000).map { "FROM s\($0) AS s\($0 + 1)" }.joined(separator: "\n")
        #expect(try findings(stages) == [])
    }
}
