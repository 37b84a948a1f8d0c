// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SeaworthyCommands

@Suite("Lines in, lines out")
struct LineLoopTests {
    /// What happened, in order.
    private enum Event: Equatable {
        case read, wrote(String)
    }

    private struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs the loop over chunks; the answer to a line is the line in brackets, and to `bad` an error.
    private static func events(_ chunks: [String], loop: LineLoop = LineLoop()) -> [Event] {
        var rest = chunks.map { Array($0.utf8) }[...]
        var events: [Event] = []
        loop.run(
            read: { buffer in
                events.append(.read)
                guard let chunk = rest.popFirst() else { return 0 }
                for (index, byte) in chunk.enumerated() { buffer[index] = byte }
                return chunk.count
            },
            write: { events.append(.wrote(String(decoding: $0, as: UTF8.self))) },
            answer: { line, output in
                let text = String(decoding: line, as: UTF8.self)
                if text.hasPrefix("bad") {
                    output += "half an answer".utf8
                    throw Wrong(description: "no\n" + text)
                }
                output += "[\(text)]".utf8
            }
        )
        return events
    }

    private static func output(_ chunks: [String], loop: LineLoop = LineLoop()) -> String {
        events(chunks, loop: loop).map { event in if case .wrote(let text) = event { text } else { "" } }.joined()
    }

    static let texts: [(chunks: [String], output: String)] = [
        ([], ""),
        (["a\n"], "[a]\n"),
        (["a"], "[a]\n"),
        (["\n"], "[]\n"),
        (["a\r\nb\n\nc"], "[a]\n[b]\n[]\n[c]\n"),
        (["a", "b", "c\nd", "\n", "e"], "[abc]\n[d]\n[e]\n"),
        (["bad\nb\n"], "error: no bad\n[b]\n"),
        (["bad\u{1b}[2Jx\n"], "error: no bad?[2Jx\n"),
        (["\r\n"], "[]\n"),
    ]

    @Test("each line gets one line, whatever the pieces that it comes in", arguments: texts)
    func lines(chunks: [String], output: String) {
        #expect(Self.output(chunks) == output)
    }

    @Test("answers are written before more input is waited for")
    func flushes() {
        #expect(
            Self.events(["a\nb\n", "c\n"]) == [.read, .wrote("[a]\n[b]\n"), .read, .wrote("[c]\n"), .read]
        )
    }

    @Test("a line over the limit is answered with an error, and the next one is read")
    func tooLong() {
        var loop = LineLoop()
        loop.maximumLineBytes = 4
        #expect(
            Self.output(["12345\n1234\n", "123", "45", "6\nx\n", "99999"], loop: loop)
                == "error: the line is longer than 4 bytes\n[1234]\nerror: the line is longer than 4 bytes\n[x]\n"
                + "error: the line is longer than 4 bytes\n"
        )
    }

    @Test("a hundred thousand lines come out, in order")
    func many() {
        let count = 100_000
        let text = (0..<count).map { "\($0)\n" }.joined()
        var chunks: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            chunks.append(String(rest.prefix(60_001)))
            rest = rest.dropFirst(60_001)
        }
        #expect(Self.output(chunks) == (0..<count).map { "[\($0)]\n" }.joined())
    }

    @Test("an error's text is cut to what a person reads")
    func cutsErrors() {
        let answer = Self.output(["bad" + String(repeating: "x", count: 60_000)])
        #expect(answer.utf8.count < 500)
        #expect(answer.hasPrefix("error: no badxxx"))
        #expect(answer.hasSuffix("…\n"))
    }
}
