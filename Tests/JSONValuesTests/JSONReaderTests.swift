// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues
import Testing

@Suite("JSONReader")
struct JSONReaderTests {
    private struct Shape: Codable, Equatable {
        struct Item: Codable, Equatable { let name: String }
        let count: Int
        let items: [Item]
    }

    private func failure(_ text: String, _ limits: JSONLimits = .own) -> JSONError? {
        do {
            _ = try JSONReader.decode(Shape.self, from: Array(text.utf8), limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test("reads a value of a type")
    func reads() throws {
        let bytes = Array(#"{"count":1,"items":[{"name":"é"}],"more":{}}"#.utf8)
        let value = try JSONReader.decode(Shape.self, from: bytes, limits: .own)
        #expect(value == Shape(count: 1, items: [Shape.Item(name: "é")]))
    }

    static let misfits: [(text: String, line: Int, column: Int, why: String)] = [
        ("{\"count\": \"x\",\n \"items\": []}", 1, 11, "count: a whole number was expected"),
        ("{\"count\": 1,\n \"items\": [{\"name\": \"a\"},\n  {}]}", 3, 3, "items.[1]: the field name is missing"),
        ("{\"count\": 1,\n \"items\": [{\"name\": 2}]}", 2, 21, "items.[0].name: a text was expected"),
        ("[]", 1, 1, "an object was expected"),
    ]

    @Test("says where the value stands that does not fit", arguments: misfits)
    func places(text: String, line: Int, column: Int, why: String) {
        let error = failure(text)
        #expect(error?.position == SourcePosition(line: line, column: column))
        #expect(error?.description == why)
    }

    @Test("says where a text stops being JSON")
    func syntax() {
        #expect(failure("{\"count\": 1,\n \"items\" []}")?.position == SourcePosition(line: 2, column: 10))
        #expect(failure("")?.position == SourcePosition(line: 1, column: 1))
    }

    @Test("keeps to its limits, brackets in strings not counted")
    func limits() {
        let text = #"{"count":1,"items":[{"name":"[[[[\"[["}]}"#
        #expect(failure(text, JSONLimits(sizeBytes: 100, depth: 3)) == nil)
        #expect(failure(text, JSONLimits(sizeBytes: 100, depth: 2))?.reason == .tooDeep)
        #expect(failure(text, JSONLimits(sizeBytes: 20, depth: 3))?.reason == .tooLarge(limit: 20))
    }

    @Test("members of an object are found whatever stands in strings")
    func members() {
        let bytes = Array(#" { "a" : "}," , "b" : [ {"c":"]"} , 2 ] , "d":-1.5e3 , "\u0065":true } "#.utf8)
        let found = JSONReader.memberRanges(in: bytes, limits: .own)?.mapValues {
            String(decoding: bytes[$0], as: UTF8.self)
        }
        #expect(found == ["a": #""},""#, "b": #"[ {"c":"]"} , 2 ]"#, "d": "-1.5e3", "e": "true"])
        #expect(JSONReader.memberRanges(in: Array("{}".utf8), limits: .own)?.isEmpty == true)
    }

    @Test(
        "finds no members where there is no object",
        arguments: ["", "[]", "1", "{", "{\"a\":1", "{\"a\":1}x", "{\"a\":[}"]
    )
    func noObject(text: String) {
        #expect(JSONReader.memberRanges(in: Array(text.utf8), limits: .own) == nil)
    }

    @Test("writes sorted keys, plain slashes and times in RFC 3339")
    func writes() throws {
        #expect(try JSONWriter.text(of: ["b": "a/b", "a": "é"]) == #"{"a":"é","b":"a/b"}"#)
        #expect(throws: Failure.self) { try JSONWriter.bytes(of: Double.infinity) }
    }
}
