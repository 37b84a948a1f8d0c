// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import ShellSyntax
import Testing

@Suite("Places in a script")
struct ShellPlacesTests {
    /// The offset and line of the command that begins with `MARK`, wherever it stands.
    @Test(
        "a command knows where it stands, whatever was taken out of the text before it",
        arguments: [
            "a\n\nMARK", "a 'b\nc'\nMARK", "a \\\n b; MARK", "a $(b\nMARK)", "a `b\nMARK`", "a `b \\\\ \\$c\nMARK`",
            "a `b \\`MARK\\``", "cat <<E\nx\n$(MARK)\nE\n", "cat <<E\nx \\\ny $(MARK)\nE\n",
            "cat <<-E\n\t\tx\n\t\t$(MARK)\n\tE\n", "cat <<-E\n\tx\\\ny\n\t`a; MARK`\nE\n", "cat <<E\nx\nE\nMARK",
            "cat <<E\n$(cat <<-F\n\t`a;\\\\\n\tMARK`\nF\n)\nE\n", "echo $((a 'b\nc'); b\n); MARK",
            "echo $(( a\n) ); MARK",
            "((a\n) ); MARK", "a[b\nc] d; MARK", "[[ a ||\n b ]]; MARK",
        ]
    )
    func marked(script: String) throws {
        let bytes = Array(script.utf8)
        let range = try #require(script.firstRange(of: "MARK"))
        let expected = script.utf8.distance(from: script.startIndex, to: range.lowerBound)
        var parser = ShellParser(bytes, dialect: .bash, limits: .submission)
        let marked = CommandWalk(try parser.allCommands()).commands.first { command in
            guard case .simple(_, let words) = command.kind else { return false }
            return words.first?.plainLiteral == Array("MARK".utf8)
        }
        let command = try #require(marked)
        #expect(command.offset == expected)
        #expect(command.line == 1 + bytes[..<expected].count { $0 == 0x0A })
    }

    @Test("no script traps, and each command that is read stands where it says", arguments: ShellDialect.allCases)
    func mutations(dialect: ShellDialect) {
        var generator = SeededGenerator(seed: 20_261_201)
        var commandsSeen = 0
        for _ in 0..<6_000 {
            var bytes = Array((ScriptCorpus.scripts.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...5, using: &generator)))
                case 1: bytes = Array(bytes[..<place])
                case 2: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: place)
                default:
                    let piece = ScriptCorpus.pieces.randomElement(using: &generator) ?? ""
                    bytes.insert(contentsOf: piece.utf8, at: place)
                }
            }
            commandsSeen += check(bytes, dialect)
        }
        #expect(commandsSeen > 1_000)
    }

    private func check(_ bytes: [UInt8], _ dialect: ShellDialect) -> Int {
        var lines = [1]
        for byte in bytes { lines.append(lines[lines.count - 1] + (byte == 0x0A ? 1 : 0)) }
        var parser = ShellParser(bytes, dialect: dialect, limits: .submission)
        var script: [ShellCompleteCommand] = []
        do {
            while let command = try parser.nextCommand() { script.append(command) }
        } catch {
            #expect((0...bytes.count).contains(error.offset))
            if lines.indices.contains(error.offset) {
                #expect(error.line == lines[error.offset], "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
        let commands = CommandWalk(script).commands
        for command in commands {
            guard (0...bytes.count).contains(command.offset), command.line == lines[command.offset] else {
                Issue.record("\(command.offset), line \(command.line) in \(String(decoding: bytes, as: UTF8.self))")
                continue
            }
            if case .simple(let assignments, let words) = command.kind, assignments.isEmpty,
                let first = words.first?.plainLiteral?.first, command.redirections.isEmpty
            {
                #expect(bytes[command.offset] == first, "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
        return commands.count
    }
}
