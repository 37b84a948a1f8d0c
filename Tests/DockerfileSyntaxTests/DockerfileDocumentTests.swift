// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import DockerfileSyntax

@Suite("Dockerfile document")
struct DockerfileDocumentTests {
    @Test("has the shape of the command line contract")
    func shape() throws {
        let text =
            "# escape=\\\nFROM a AS b\ncopy --link --from=b x y\nRUN <<-E cat\n\thi\n\tE\nONBUILD CMD [\"x\"]\nFOO\n"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(
            decoding: try encoder.encode(DockerfileDocument(Dockerfile(parsing: text))),
            as: UTF8.self
        )
        let from =
            #"{"arguments":["a","AS","b"],"endLine":2,"flags":[],"form":"words","heredocs":[],"json":false,"keyword":"FROM","original":"FROM a AS b","startLine":2}"#
        let copy =
            #"{"arguments":["x","y"],"endLine":3,"flags":[{"name":"link","value":null},{"name":"from","value":"b"}],"form":"words","heredocs":[],"json":false,"keyword":"COPY","original":"copy --link --from=b x y","startLine":3}"#
        let run =
            #"{"arguments":["<<-E cat"],"endLine":6,"flags":[],"form":"heredoc","heredocs":[{"content":"\thi\n","expand":true,"fd":0,"name":"E","stripTabs":true}],"json":false,"keyword":"RUN","original":"RUN <<-E cat","startLine":4}"#
        let cmd =
            #"{"arguments":["x"],"endLine":7,"flags":[],"form":"exec","heredocs":[],"json":true,"keyword":"CMD","original":"CMD [\"x\"]","startLine":7}"#
        let onbuild =
            #"{"arguments":["CMD [\"x\"]"],"endLine":7,"flags":[],"form":"onbuild","heredocs":[],"json":false,"keyword":"ONBUILD","original":"ONBUILD CMD [\"x\"]","startLine":7,"trigger":"#
            + cmd + "}"
        let unknown =
            #"{"arguments":[],"endLine":8,"flags":[],"form":"unknown","heredocs":[],"json":false,"keyword":"FOO","original":"FOO","startLine":8}"#
        let error = #"{"column":1,"endLine":8,"line":8,"message":"unknown instruction: FOO (did you mean FROM?)"}"#
        let instructions = [from, copy, run, onbuild, unknown].joined(separator: ",")
        #expect(
            json == #"{"directives":{"escape":"\\"},"errors":["# + error + #"],"escape":"\\","instructions":["#
                + instructions + "]}"
        )
    }
}

@Suite("Port specification")
struct PortSpecificationTests {
    static let accepted: [(word: String, keys: [String], hasHostPart: Bool)] = [
        ("80", ["80/tcp"], false), ("80/UDP", ["80/udp"], false), ("0", ["0/tcp"], false),
        ("65535/sctp", ["65535/sctp"], false),
        ("8000-8002", ["8000/tcp", "8001/tcp", "8002/tcp"], false), ("127.0.0.1:80:81", ["81/tcp"], true),
        ("80:81/udp", ["81/udp"], true), ("80/", ["80/tcp"], false),
    ]

    @Test("reads ports, ranges and protocols", arguments: accepted)
    func reads(word: String, keys: [String], hasHostPart: Bool) throws {
        let port = try PortSpecification(parsing: word)
        #expect(port.configurationKeys == keys && port.hasHostPart == hasHostPart)
    }

    static let refused: [(word: String, message: String)] = [
        ("80/foo", "invalid proto: foo"), ("65536", "invalid containerPort: 65536"), ("x", "invalid containerPort: x"),
        ("90-80", "invalid containerPort: 90-80"), ("-1", "invalid containerPort: -1"), ("", "no port specified: "),
        ("/tcp", "no port specified: /tcp"), ("99999999999999999999", "invalid containerPort: 99999999999999999999"),
    ]

    @Test("refuses what is no port", arguments: refused)
    func refuses(word: String, message: String) {
        #expect(throws: PortSpecification.ValidationError(description: message)) {
            try PortSpecification(parsing: word)
        }
    }
}

@Suite("Values that are checked after expansion")
struct ExpandedValueTests {
    static let signals: [(text: String, isKnown: Bool)] = [
        ("SIGTERM", true), ("term", true), ("9", true), ("RTMIN+3", true), ("SIGRTMAX-14", true), ("0", false),
        ("SIGFOO", false), ("", false), ("RTMIN+16", false), ("RTMIN+", false),
    ]

    @Test("knows the signals", arguments: signals)
    func signal(text: String, isKnown: Bool) {
        #expect(StopSignal.complaint(about: text) == (isKnown ? nil : "invalid signal: \(text)"))
    }

    static let modes: [(text: String, mode: CopyMode?)] = [
        ("0755", .bits(0o755)), ("7777", .bits(0o7777)), ("0", .bits(0)), ("u=rwX,go=", .changes("u=rwX,go=")),
        ("+x", .changes("+x")), ("10000", nil), ("888", nil), ("-1", nil), ("", nil), ("u", nil), ("u=q", nil),
        ("99999999999999999999", nil),
    ]

    @Test("reads modes in digits and letters", arguments: modes)
    func mode(text: String, mode: CopyMode?) {
        #expect((try? CopyMode(parsing: text)) == mode)
    }
}
