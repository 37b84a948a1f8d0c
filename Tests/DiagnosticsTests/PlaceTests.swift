// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite("Place")
struct PlaceTests {
    static let printed: [(place: Place, text: String)] = [
        (.file("a/b"), "a/b"),
        (.file("a/b", line: 3), "a/b:3"),
        (.file("a/b", line: 3, column: 4), "a/b:3:4"),
        (.file("a/b", SourcePosition(line: 3, column: 4)), "a/b:3:4"),
        (.file("a/b", nil), "a/b"),
        (.file("a/b", offset: 0), "a/b, character 0"),
        (.file("odd:1:2"), "odd:1:2"),
        (.file("odd:1:2", line: 3, column: 4), "odd:1:2:3:4"),
        (.file(""), ""),
        (.entry("a/b"), "a/b"),
        (.entry("a/b", of: "x.zip"), "a/b"),
        (.layer(2, of: .file("x.tar")), "x.tar, layer 2"),
        (.reference("node:20@sha256:00"), "node:20@sha256:00"),
        (.option("--platform plan9"), "--platform plan9"),
        (.stream("standard input"), "standard input"),
        (.name("securing-your-image"), "securing-your-image"),
    ]

    @Test("is printed as it is written", arguments: printed)
    func prints(place: Place, text: String) { #expect(place.description == text) }

    static let positions: [(place: Place, file: String?, position: SourcePosition?)] = [
        (.file("a", line: 3, column: 4), "a", SourcePosition(line: 3, column: 4)),
        (.file("a", line: 3), "a", SourcePosition(line: 3, column: 1)),
        (.file("a:3:4"), "a:3:4", nil),
        (.file("a", column: 4), "a", nil),
        (.file("a", offset: 7), "a", nil),
        (.entry("a", of: "x.zip"), nil, nil),
        (.reference("a:3:4"), nil, nil),
        (.layer(1, of: .file("a")), nil, nil),
    ]

    @Test("knows its file and its position without anybody reading its text", arguments: positions)
    func knows(place: Place, file: String?, position: SourcePosition?) {
        #expect(place.file == file)
        #expect(place.position == position)
    }

    static let moved: [(place: Place, text: String)] = [
        (.file("/w/a", line: 3, column: 4), "a:3:4"), (.file("/w/a", offset: 1), "a, character 1"),
        (.layer(2, of: .file("/w/x.tar")), "x.tar, layer 2"), (.entry("/w/a", of: "x"), "/w/a"),
        (.option("/w/a"), "/w/a"), (.reference("/w/a"), "/w/a"),
    ]

    @Test("changes the path of a file and of what is in one, and nothing else", arguments: moved)
    func moves(place: Place, text: String) {
        #expect(place.mappingFile { $0 == "/w/x.tar" ? "x.tar" : "a" }.description == text)
    }

    @Test("of two things with one name differ")
    func differ() {
        #expect(Place.file("a") != .entry("a"))
        #expect(Place.entry("a", of: "x") != .entry("a", of: "y"))
        #expect(Place.file("a", line: 1) != .file("a", line: 2))
    }
}
