// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValues
import Testing

@testable import SeaworthyCommands

@Suite("The toolbox's shell")
struct ToolboxShellTests {
    private static func ask(_ line: String) throws -> JSONValue {
        var output: [UInt8] = []
        try ToolboxShell.parse([]).answer(Array(line.utf8)[...], into: &output)
        #expect(!output.contains(0x0A))
        return try JSONValue(parsing: output)
    }

    @Test("files are there before and after, under the names that they were given")
    func files() throws {
        let answer = try Self.ask(
            #"{"script":":","files":{"a.txt":"1","/d/":null,"/b":{"content":"z","mode":"0755"},"/l":{"link":"b"}}}"#
        )
        #expect(answer["exit"]?.int == 0)
        #expect(answer["files"]?["a.txt"]?.string == "1")
        #expect(answer["files"]?["/b"]?.string == "z")
        #expect(answer["files"]?["/etc/passwd"] == nil)
        #expect(answer["links"]?.strings == ["/l": "b"])
        #expect(answer["modes"]?["/b"]?.string == "0755")
        #expect(answer["folders"]?.array?.compactMap(\.string) == ["/d/"])
        #expect(answer["unknown"]?.array != nil)
    }

    static let refused = [
        "{}", "[]", #"{"script":5}"#, #"{"script":":","files":[]}"#, #"{"script":":","files":{"a":5}}"#,
        #"{"script":":","files":{"a":{"mode":"9"}}}"#, #"{"script":":","files":{"a":{"uid":-1}}}"#,
        #"{"script":":","env":"A=1"}"#, #"{"script":":","dialect":"zsh"}"#, #"{"script":":","args":[1]}"#,
    ]

    @Test("requests that make no sense are errors", arguments: refused)
    func refuses(line: String) { #expect(throws: (any Error).self) { try Self.ask(line) } }
}
