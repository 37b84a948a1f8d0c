// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport
import Testing

@testable import Submissions

/// Which file is the Dockerfile, with the starter's and mended ones under all sorts of names.
@Suite("Choosing the Dockerfile")
struct DockerfileChoiceTests {
    /// Files by name: `S` the starter's, `M` mended, `O` another one, `E` empty, anything else as it is; and what comes of them.
    static let folders: [(files: [String: String], outcome: String)] = [
        (["Dockerfile": "M"], "Dockerfile"),
        (["Dockerfile": "S"], "Dockerfile"),
        (["HW3_Dockerfile": "M", "screenshot.png": "x"], "HW3_Dockerfile"),
        (["project/work/Dockerfile copy": "M"], "project/work/Dockerfile copy"),
        (["project/Dockerfile": "M", "README": "x"], "project/Dockerfile"),
        // The starter's beside a mended one, in either's name and place.
        (["Dockerfile": "S", "Dockerfile.fixed": "M"], "Dockerfile.fixed"),
        (["Dockerfile": "M", "Dockerfile.old": "O"], "Dockerfile"),
        (["Dockerfile": "M", "Dockerfile (1)": "S"], "Dockerfile"),
        (["Dockerfile": "S", "final/Dockerfile": "M"], "final/Dockerfile"),
        (["Dockerfile": "E", "Dockerfile_ada": "M"], "Dockerfile_ada"),
        (["Dockerfile": "S\r\n", "Dockerfile.fixed": "M"], "Dockerfile.fixed"),
        (["Dockerfile": "S", "Dockerfile copy": "S"], "Dockerfile"),
        // The same work twice is one.
        (["Dockerfile": "M", "Dockerfile copy": "M"], "Dockerfile"),
        (["Dockerfile": "M", "Dockerfile copy": "M\r\n"], "Dockerfile"),
        (["a/Dockerfile": "M", "b/Dockerfile": "M"], "a/Dockerfile"),
        // Several that differ.
        (["Dockerfile.step4": "M", "Dockerfile.step6": "O"], "ambiguous Dockerfile.step4 Dockerfile.step6"),
        (["Dockerfile": "M", "Dockerfile.fixed": "O"], "ambiguous Dockerfile Dockerfile.fixed"),
        (["Dockerfile": "S", "Dockerfile.a": "M", "Dockerfile.b": "O"], "ambiguous Dockerfile.a Dockerfile.b"),
        (["step4/Dockerfile": "M", "step6/Dockerfile": "O"], "ambiguous step4/Dockerfile step6/Dockerfile"),
        // What lies beside the work changes nothing.
        (["Dockerfile": "M", "Dockerfile.bak": "O", "Dockerfile.orig": "O", "Dockerfile~": "O"], "Dockerfile"),
        (["Dockerfile": "M", ".Dockerfile.swp": "O", "._Dockerfile": "O", "Dockerfile.dev": "O"], "Dockerfile"),
        (["Dockerfile": "M", "node_modules/x/Dockerfile": "O", "vendor/y/Dockerfile": "O"], "Dockerfile"),
        (["Dockerfile": "M", "examples/nginx/Dockerfile": "O", "compose.yaml": "x"], "Dockerfile"),
        (["Dockerfile": "M", ".git/Dockerfile": "O", "__MACOSX/Dockerfile": "O"], "Dockerfile"),
        (["__MACOSX/._Dockerfile": "x", "work/Dockerfile": "M"], "work/Dockerfile"),
        // A lesson's workspace means its own file.
        ([".seaworthy/record.json": "{}", "Dockerfile": "M", "Dockerfile.try": "O"], "Dockerfile"),
        ([".seaworthy/record.json": "{}", "Dockerfile": "S", "Dockerfile.try": "M"], "Dockerfile.try"),
        // Without a name, by the text.
        (["answer.txt": "M", "notes.txt": "From the book, page 4"], "answer.txt"),
        (["answer": "# mine\nARG V=1\nFROM node:$V AS b\n"], "answer"),
        (["Dockerfile": "M", "answer.txt": "O"], "Dockerfile"),
        (["a.txt": "M", "b.txt": "O"], "ambiguous a.txt b.txt"),
        // Nothing to judge.
        ([".gitkeep": ""], "missing"), (["x/.DS_Store": "", ".hidden": "x"], "missing"),
        (["work.docx": "x"], "ungradable"), (["Dockerfile.pdf": "x"], "ungradable"),
        (["Dockerfile.bak": "M"], "ungradable"),
        (["package.json": "{}", "src/index.js": "x"], "ungradable"), (["notes.txt": "From me to you"], "ungradable"),
        (["compose.yml": "services: {}"], "ungradable"),
    ]

    private static func text(_ short: String) -> String {
        switch short {
        case "S": HandedIn.starter
        case "S\r\n": "\u{FEFF}" + HandedIn.starter.replacing("\n", with: "  \r\n") + "\r\n"
        case "M": HandedIn.mended
        case "M\r\n": HandedIn.mended.replacing("\n", with: "\r\n")
        case "O": HandedIn.other
        case "E": ""
        default: short
        }
    }

    @Test("takes the one that somebody worked on, and none of several", arguments: rows(folders))
    func chooses(row: NumberedRow<(files: [String: String], outcome: String)>) throws {
        let handedIn = try HandedIn()
        // Somebody else, so that the folder is one of many.
        try handedIn.write("submissions/bob/Dockerfile", "FROM scratch\n")
        for (name, short) in row.value.files { try handedIn.write("submissions/ada/" + name, Self.text(short)) }
        #expect(try handedIn.outcome() == row.value.outcome)
    }

    @Test("says why it took one that is not named plainly, and what it passed over")
    func says() throws {
        let handedIn = try HandedIn()
        try handedIn.write("submissions/ada/Dockerfile", HandedIn.starter)
        try handedIn.write("submissions/ada/Dockerfile.fixed", HandedIn.mended)
        try handedIn.write("submissions/bob/notes", HandedIn.mended)
        let found = try handedIn.find().submissions
        let notes = try found.map { try handedIn.work($0, starter: HandedIn.starter).notes }
        #expect(notes[0] == ["Dockerfile.fixed was judged; Dockerfile is still as the lesson began."])
        #expect(notes[1] == ["notes reads like a Dockerfile, so it was judged as one."])
    }

    static let texts: [(text: String, isOne: Bool)] = [
        ("FROM a\n", true), ("from a as b\n", true), ("# x\n\nFROM --platform=linux/amd64 a AS b\n", true),
        ("ARG A\nFROM $A\n", true), ("From the team\n", false), ("FROM\n", false), ("ARG A\n", false), ("", false),
        ("RUN x\nFROM a\n", false), ("FROM a\0", false), ("hello\n", false),
    ]

    @Test("tells a Dockerfile's text from prose", arguments: texts)
    func reads(text: String, isOne: Bool) { #expect(DockerfileText.readsLikeOne(Array(text.utf8)) == isOne) }
}
