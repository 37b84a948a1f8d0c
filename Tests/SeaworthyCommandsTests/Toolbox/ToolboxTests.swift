// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Packages
import SeaworthyTestSupport
import Testing

@testable import SeaworthyCommands

@Suite("The toolbox")
struct ToolboxTests {
    /// The answer to one line, an error's text included.
    private static func ask(_ tool: some LineTool, _ line: String) -> String {
        var lines = [Array((line + "\n").utf8)][...]
        var output: [UInt8] = []
        LineLoop().run(
            read: { buffer in
                guard let chunk = lines.first else { return 0 }
                let piece = chunk.prefix(buffer.count)
                buffer.copyBytes(from: piece)
                lines = chunk.count > piece.count ? [Array(chunk.dropFirst(piece.count))] : []
                return piece.count
            },
            write: { output += $0 },
            answer: { try tool.answer($0, into: &$1) }
        )
        #expect(output.count { $0 == 0x0A } == 1)
        return String(decoding: output.dropLast(), as: UTF8.self)
    }

    private static func isError(_ answer: String) -> Bool { answer.hasPrefix("error: ") && answer.utf8.count > 8 }

    static let comparisons: [(scheme: String, line: String, answer: String)] = [
        ("apk", "1.2-r0\t1.2-r1", "<"), ("deb", "1:1.0\t2.0", ">"), ("deb", "1.0~rc1\t1.0", "<"),
        ("rpm", "1.0\t1.0", "="),
        ("semver", "1.0.0-alpha\t1.0.0", "<"), ("npm", "v1.2.3\t1.2.3", "="), ("pep440", "1.0.post1\t1.0", ">"),
        ("maven", "1.0-alpha-1\t1.0", "<"), ("gem", "1.0.a\t1.0", "<"), ("composer", "1.0.0-RC1\t1.0.0", "<"),
        ("nuget", "1.0.0.0\t1.0.0", "="), ("go", "v1.9.0\tv1.10.0", "<"),
        // What is not quite a version has its place too.
        ("apk", "2.4p1-r0\t2.4-r0", ">"), ("apk", "2.4p1-r0\t2.5-r0", "<"), ("semver", "v2.3\t2.3.0", "="),
        ("semver", "1\t1.0.0", "="), ("npm", "1\t0.9.9", ">"), ("pep440", "1.0-beta.x\t0.1.dev0", "<"),
        ("rpm", "3-\t3", ">"), ("rpm", "3-\t3-1", "<"), ("composer", "5.1-3RC1\t5.1", ">"),
        ("composer", "dev-main\t0.0.1", "<"),
        ("gem", "2alpha\t2", "<"), ("gem", "2alpha\t1.9", ">"), ("semver", "1.0\t", ">"), ("deb", "\t1", "<"),
    ]

    @Test("versions of every scheme are compared", arguments: comparisons)
    func compares(scheme: String, line: String, answer: String) throws {
        #expect(Self.ask(try ToolboxVercmp.parse(["--scheme", scheme]), line) == answer)
    }

    @Test("a scheme that there is not is refused")
    func unknownScheme() {
        #expect(throws: (any Error).self) { try ToolboxVercmp.parse(["--scheme", "cobol"]) }
        #expect(throws: (any Error).self) { try ToolboxRange.parse([]) }
    }

    @Test("lines without a TAB are errors", arguments: ["", "1.0"])
    func refusesLines(line: String) throws {
        #expect(Self.isError(Self.ask(try ToolboxVercmp.parse(["--scheme", "semver"]), line)))
    }

    @Test(
        "asked strictly, what is no version is an error, and what is one is compared",
        arguments: comparisons + [("semver", "not a version\t1.0.0", ">"), ("semver", "1.0.0\t", ">")]
    )
    func strict(scheme: String, line: String, answer: String) throws {
        let versions = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        let areVersions = versions.allSatisfy { VersionScheme(rawValue: scheme)?.isValid($0) ?? false }
        let strict = Self.ask(try ToolboxVercmp.parse(["--scheme", scheme, "--strict"]), line)
        if areVersions { #expect(strict == answer) } else { #expect(Self.isError(strict)) }
    }

    @Test("a line of a megabyte is answered, not echoed")
    func longLine() throws {
        let answer = Self.ask(
            try ToolboxVercmp.parse(["--scheme", "semver", "--strict"]),
            String(repeating: "x", count: 1 << 20) + "\t1.0.0"
        )
        #expect(Self.isError(answer))
        #expect(answer.utf8.count < 1000)
    }

    static let ranges: [(scheme: String, line: String, answer: String)] = [
        ("npm", "^1.2.3\t1.9.0", "true"), ("npm", "^1.2.3\t2.0.0", "false"), ("npm", "\t1.0.0", "true"),
        ("pep440", "~=1.4.2\t1.4.9", "true"), ("gem", "~> 1.2\t2.0", "false"), ("maven", "[1.0,2.0)\t2.0", "false"),
        ("apk", ">=1.0-r0 <2\t1.5", "true"), ("composer", "^1.2 || ^3.0\t3.1.0", "true"), ("nuget", "1.0\t1.5", "true"),
    ]

    @Test("versions lie in ranges or do not", arguments: ranges)
    func liesIn(scheme: String, line: String, answer: String) throws {
        #expect(Self.ask(try ToolboxRange.parse(["--scheme", scheme]), line) == answer)
    }

    static let purls: [(line: String, answer: String)] = [
        (
            #"{"type":"parse","input":"pkg:NPM/%40scope/Name@1.0?b=2&a=1#sub"}"#,
            #"{"type":"npm","namespace":"@scope","name":"name","version":"1.0","qualifiers":{"a":"1","b":"2"},"subpath":"sub"}"#
        ),
        (
            #"{"type":"parse","input":"pkg:gem/rails"}"#,
            #"{"type":"gem","namespace":null,"name":"rails","version":null,"qualifiers":null,"subpath":null}"#
        ),
        (
            #"{"type":"build","input":{"type":"deb","namespace":"debian","name":"curl","version":"7.88.1-10","qualifiers":{"arch":"amd64","x":null}}}"#,
            #""pkg:deb/debian/curl@7.88.1-10?arch=amd64""#
        ),
        (#"{"type":"validate","input":"pkg:pypi/My_Package@1"}"#, #""pkg:pypi/my-package@1""#),
    ]

    @Test("purls are taken apart and put together", arguments: purls)
    func readsPURLs(line: String, answer: String) throws {
        #expect(Self.ask(try ToolboxPURL.parse([]), line) == answer)
    }

    static let notPURLs = [
        "", "{}", "[]", "null", "{", #"{"type":"parse"}"#, #"{"type":"parse","input":5}"#,
        #"{"type":"eat","input":"pkg:a/b"}"#,
        #"{"type":"parse","input":"npm/x"}"#, #"{"type":"validate","input":"pkg:swift/x"}"#,
        #"{"type":"build","input":{"type":"npm","name":""}}"#,
        #"{"type":"build","input":{"type":"npm","name":"x","qualifiers":[]}}"#,
        #"{"type":"build","input":{"name":"x"}}"#, #"{"type":"build","input":"pkg:npm/x"}"#,
        String(repeating: "[", count: 1_000),
    ]

    @Test("what is no purl, or no request, is an error", arguments: rows(notPURLs))
    func refusesPURLs(row: NumberedRow<String>) throws {
        #expect(Self.isError(Self.ask(try ToolboxPURL.parse([]), row.value)))
    }

    static let vectors: [(line: String, answer: String)] = [
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8 Critical"),
        ("CVSS:3.0/AV:L/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N", "0.0 None"),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "9.3 Critical"),
        ("AV:N/AC:L/Au:N/C:P/I:P/A:P", "7.5 High"),
    ]

    @Test("vectors of every version are scored", arguments: vectors)
    func scores(line: String, answer: String) throws { #expect(Self.ask(try ToolboxCVSS.parse([]), line) == answer) }

    @Test("what is no vector is an error", arguments: ["", "CVSS:3.1/", "CVSS:3.1/AV:N", "AV:N/AV:N", "\u{0}"])
    func refusesVectors(line: String) throws { #expect(Self.isError(Self.ask(try ToolboxCVSS.parse([]), line))) }

    @Test("licence expressions become canonical, others are errors")
    func licenses() throws {
        let tool = try ToolboxLicense.parse([])
        #expect(Self.ask(tool, "mit and (apache-2.0 OR isc)") == "MIT AND (Apache-2.0 OR ISC)")
        #expect(Self.isError(Self.ask(tool, "MIT OR")))
        #expect(Self.isError(Self.ask(tool, "")))
    }

    static let expansions: [(line: String, answer: String)] = [
        (#"{"word":"$A/${B:-c d}","env":["A=1","A=2"]}"#, #"{"value":"2/c d","words":["2/c","d"]}"#),
        (#"{"word":"'$A'","env":["A=1"]}"#, #"{"value":"$A","words":["$A"]}"#),
        (#"{"word":"`$A","env":{"A":"x"},"escape":"`"}"#, #"{"value":"$A","words":["$A"]}"#),
        (#"{"word":""}"#, #"{"value":"","words":[]}"#),
        (#"{"word":"$A","env":["A"]}"#, #"{"value":"","words":[]}"#),
    ]

    @Test("words are expanded", arguments: expansions)
    func expands(line: String, answer: String) throws { #expect(Self.ask(try ToolboxExpand.parse([]), line) == answer) }

    @Test(
        "what cannot be expanded is an error",
        arguments: [
            "{}", #"{"word":"${A"}"#, #"{"word":"a","escape":"x"}"#, #"{"word":"a","env":[1]}"#,
            #"{"word":"a","env":"A=1"}"#,
            #"{"word":"a","escape":""}"#,
        ]
    )
    func refusesExpansions(line: String) throws { #expect(Self.isError(Self.ask(try ToolboxExpand.parse([]), line))) }

    static let ignored: [(line: String, answer: String)] = [
        (#"{"patterns":["*.md","!README.md"],"path":"a.md"}"#, "true"),
        (#"{"patterns":["*.md","!README.md"],"path":"README.md"}"#, "false"),
        (#"{"patterns":["node_modules"],"path":"node_modules/a/b"}"#, "true"),
        (#"{"patterns":[],"path":"a"}"#, "false"),
        (#"{"path":"a"}"#, "false"),
    ]

    @Test("patterns leave paths out", arguments: ignored)
    func ignores(line: String, answer: String) throws { #expect(Self.ask(try ToolboxIgnore.parse([]), line) == answer) }

    @Test(
        "bad patterns are errors",
        arguments: [#"{"patterns":["[a"],"path":"b"}"#, #"{"patterns":["!"],"path":"b"}"#, "x"]
    )
    func refusesPatterns(line: String) throws { #expect(Self.isError(Self.ask(try ToolboxIgnore.parse([]), line))) }

    /// A request about version 1.5.0 of the npm package `a`.
    private static func request(_ affected: String, version: String = "1.5.0") -> String {
        #"{"record":{"affected":[{"package":{"ecosystem":"npm","name":"a"},"#
            + affected + #"}]},"ecosystem":"npm","package":"a","version":""# + version + "\"}"
    }

    static let records: [(line: String, answer: String)] = [
        (request(#""ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]"#), "true"),
        (request(#""ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.5.0"}]}]"#), "false"),
        (request(#""ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"last_affected":"1.5.0"}]}]"#), "true"),
        (request(#""versions":["1.5.0"]"#), "true"),
        // Commits say nothing of versions.
        (request(#""ranges":[{"type":"GIT","events":[{"introduced":"0"}]}]"#), "false"),
        (request(#""ranges":[{"type":"GIT","events":[{"introduced":"0"}]}],"versions":["1.5.0"]"#), "true"),
        // A version that is not quite one.
        (
            request(#""ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]"#, version: "v1.5"),
            "true"
        ),
        (request(#""ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"v2"}]}]"#, version: "1"), "true"),
        (
            request(#""ranges":[{"type":"SEMVER","events":[{"introduced":"1"},{"fixed":"2"}]}]"#, version: "next week"),
            "false"
        ),
    ]

    @Test("records say whether a version is affected", arguments: records)
    func judgesRecords(line: String, answer: String) throws {
        #expect(Self.ask(try ToolboxOSV.parse([]), line) == answer)
    }

    @Test("what cannot be decided is an error, not a no")
    func undecided() throws {
        let tool = try ToolboxOSV.parse([])
        let range = #""ranges":[{"type":"NEWER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]"#
        #expect(Self.isError(Self.ask(tool, Self.request(range))))
        #expect(Self.isError(Self.ask(tool, #"{"record":[],"ecosystem":"npm","package":"a","version":"1"}"#)))
        #expect(Self.isError(Self.ask(tool, #"{"record":{},"ecosystem":"npm","version":"1"}"#)))
    }

    static let digest = "sha256:" + String(repeating: "a", count: 64)
    static let references: [(line: String, answer: String)] = [
        ("node", #"{"domain":"docker.io","path":"library/node","tag":null,"digest":null}"#),
        ("localhost:5000/a/b:v1", #"{"domain":"localhost:5000","path":"a/b","tag":"v1","digest":null}"#),
        ("a/b:v1@" + digest, #"{"domain":"docker.io","path":"a/b","tag":"v1","digest":""# + digest + "\"}"),
    ]

    @Test("references are taken apart", arguments: references)
    func readsReferences(line: String, answer: String) throws {
        #expect(Self.ask(try ToolboxReference.parse([]), line) == answer)
    }

    @Test("what is no reference is an error", arguments: ["", "A", "a b", "a:", "a@sha256:00", "a\u{7}", "-a"])
    func refusesReferences(line: String) throws {
        #expect(Self.isError(Self.ask(try ToolboxReference.parse([]), line)))
    }
}
