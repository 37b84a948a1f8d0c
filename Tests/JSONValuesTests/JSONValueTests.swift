// SPDX-License-Identifier: Apache-2.0

import JSONValues
import Testing

@Suite("JSONValue")
struct JSONValueTests {
    @Test(
        "reads what RFC 8259 allows and writes it back",
        arguments: [
            "{}", "[]", "null", "true", "-0", "1.5e+10", "\"\"", "[1,2,[3]]", "{\"a\":{\"b\":[null,false]}}",
            "\"\\\"\\\\\\n\\t\\r\"", "\"é😀\"",
        ]
    )
    func roundTrip(text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(String(decoding: value.bytes(indented: false), as: UTF8.self) == text)
        #expect(try JSONValue(parsing: value.bytes()) == value)
    }

    @Test(
        "refuses what is not JSON",
        arguments: [
            "", " ", "{", "[1,]", "{\"a\"}", "{a:1}", "01", "1.", ".5", "+1", "nul", "tru", "\"\n\"", "\"\\x\"",
            "\"\\u12\"", "[1 2]", "1 2",
            "{\"a\":1,}", "'a'", "-", "1e", "\"",
        ]
    )
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test("bounds nesting, repairs broken text, takes the last of two members")
    func edges() throws {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
        #expect(error?.reason == .tooDeep && error?.offset == 128)
        #expect(try JSONValue(parsing: Array("\"\\ud800x\"".utf8)).string == "\u{FFFD}x")
        #expect(try JSONValue(parsing: Array("\"\\ud800\\u0041\"".utf8)).string == "\u{FFFD}A")
        #expect(try JSONValue(parsing: Array("\"\\ud83d\\ude00\"".utf8)).string == "😀")
        #expect(try JSONValue(parsing: [0x22, 0xFF, 0x22]).string == "\u{FFFD}")
        #expect(try JSONValue(parsing: Array("{\"a\":1,\"a\":2}".utf8))["a"]?.int == 2)
        #expect(try JSONValue(parsing: Array("99999999999999999999".utf8)).int == nil)
    }
}
