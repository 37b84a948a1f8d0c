// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import DockerfileSyntax

@Suite("Hostile Dockerfiles")
struct HostileDockerfileTests {
    static let typical = """
        # syntax=docker/dockerfile:1
        ARG NODE=24
        # deps installs what is needed
        FROM --platform=$BUILDPLATFORM node:${NODE:-lts}-slim AS deps
        WORKDIR /usr/local/app
        COPY --link --chown=node:node package*.json ./
        RUN --mount=type=cache,target=/root/.npm,sharing=locked npm ci \\
            # comment inside
            --production && \\
            npm cache clean --force

        FROM deps AS build
        ENV NODE_ENV=production PATH="/app/bin:$PATH"
        LABEL org.opencontainers.image.title="x y" other='z'
        COPY <<EOF /etc/motd
        Hello $NODE_ENV
        EOF
        RUN <<-'SH'
        \tset -e
        \techo hi
        \tSH
        ADD --checksum=sha256:0000 https://example.com/x.tgz /x/
        FROM scratch
        COPY --from=build ["/a b", "/c"]
        HEALTHCHECK --interval=30s --retries=3 CMD ["curl", "-f", "http://localhost"]
        EXPOSE 3000/tcp 8000-8010
        VOLUME ["/data"]
        ONBUILD RUN echo x
        SHELL ["/bin/bash", "-c"]
        STOPSIGNAL SIGTERM
        USER node
        ENTRYPOINT ["node"]
        CMD ["src/index.js"]

        """

    /// Checks that every place in a Dockerfile lies in its file.
    private func checkRanges(_ dockerfile: Dockerfile) {
        let file = dockerfile.file
        func check(_ range: SourceRange, _ what: String) {
            let isInside =
                range.start <= range.end && range.start.line >= 1 && range.start.column >= 1
                && range.start.line <= file.lineCount && range.end.line <= file.lineCount + 1
                && range.start.column <= file.fullRange(ofLine: range.start.line).count + 1
                && (range.end.line > file.lineCount
                    ? range.end.column == 1
                    : range.end.column <= file.fullRange(ofLine: range.end.line).count + 1)
            #expect(isInside, "\(what) \(range) is outside of \(file.bytes)")
        }
        for error in dockerfile.errors { check(error.range, "error") }
        for comment in dockerfile.comments { check(comment.range, "comment") }
        for directive in dockerfile.directives { check(directive.range, "directive") }
        var open = dockerfile.instructions
        while let instruction = open.popLast() {
            check(instruction.range, "instruction")
            check(instruction.keywordToken.range, "keyword")
            for flag in instruction.flags { check(flag.range, "flag") }
            for token in instruction.arguments + [instruction.rest] { check(token.range, "argument") }
            for heredoc in instruction.heredocs {
                check(heredoc.range, "heredoc")
                check(heredoc.wordRange, "heredoc word")
            }
            if let trigger = instruction.trigger { open.append(trigger) }
        }
    }

    @Test("keeps its places inside the file, whatever is done to a Dockerfile", arguments: 0..<8)
    func mutations(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let original = Array(Self.typical.utf8)
        let pieces = [
            "\\\n", "\n", "<<EOF", "<<-'A'", "[", "\"", "'", "${", "ONBUILD ", "--", "# ", "\r", "\0", "é", "=", "`",
            "\u{A0}",
        ]
        .map { Array($0.utf8) }
        for _ in 0..<150 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                guard !bytes.isEmpty else { break }
                let offset = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: bytes[offset] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: offset)
                case 2: bytes.removeSubrange(offset..<min(bytes.count, offset + 40))
                case 3: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: offset)
                default:
                    let end = min(bytes.count, offset + Int.random(in: 1...60, using: &generator))
                    bytes.insert(contentsOf: Array(bytes[offset..<end]), at: offset)
                }
            }
            let dockerfile = Dockerfile(parsing: bytes)
            checkRanges(dockerfile)
            let graph = StageGraph(dockerfile)
            #expect(graph.stages.count <= dockerfile.instructions.count)
            #expect(DockerfileDocument(dockerfile).instructions.count == dockerfile.instructions.count)
            for error in dockerfile.errors { #expect(!dockerfile.file.excerpt(around: error.range).isEmpty) }
        }
    }

    @Test("reads the typical file without a complaint, and again the same from its own lines")
    func roundTrip() {
        let dockerfile = Dockerfile(parsing: Self.typical)
        #expect(dockerfile.errors == [])
        checkRanges(dockerfile)
        // What the instructions say is all that counts: a file of nothing else reads the same.
        var text = ""
        for instruction in dockerfile.instructions {
            text += instruction.original + "\n"
            for heredoc in instruction.heredocs { text += heredoc.rawContent + heredoc.name + "\n" }
        }
        let again = Dockerfile(parsing: text)
        #expect(again.errors == [])
        #expect(again.instructions.map(\.original) == dockerfile.instructions.map(\.original))
        #expect(
            again.instructions.map { $0.arguments.map(\.text) }
                == dockerfile.instructions.map { $0.arguments.map(\.text) }
        )
        #expect(
            again.instructions.map { $0.heredocs.map(\.rawContent) }
                == dockerfile.instructions.map { $0.heredocs.map(\.rawContent) }
        )
    }

    @Test("each argument that is not decoded stands in the file as its text says")
    func places() {
        let dockerfile = Dockerfile(parsing: Self.typical)
        for instruction in dockerfile.instructions where instruction.form != .exec {
            for token in instruction.arguments where token.range.start.line == token.range.end.line {
                let line = Array(dockerfile.file.line(token.range.start.line).utf8)
                let part = line[(token.range.start.column - 1)..<(token.range.end.column - 1)]
                #expect(String(decoding: part, as: UTF8.self) == token.text)
            }
        }
    }

    static let hostile: [(name: String, text: String, instructions: Int)] = [
        ("a hundred thousand continuations", "FROM a\nRUN x" + String(repeating: " \\\n  y", count: 100_000), 2),
        ("ten thousand here-documents", "FROM a\n" + String(repeating: "RUN <<E\nx\nE\n", count: 10_000), 10_001),
        (
            "ten thousand here-documents in one line",
            "FROM a\nRUN " + String(repeating: "<<E ", count: 10_000) + "\n" + String(repeating: "E\n", count: 10_000),
            2
        ),
        (
            "ten thousand here-documents without an end",
            "FROM a\n" + (0..<10_000).map { "RUN <<E\($0)\n" }.joined(), 10_001
        ),
        ("a line of a megabyte", "FROM a\nRUN " + String(repeating: "x ", count: 500_000), 2),
        ("an ENV of a megabyte", "FROM a\nENV " + String(repeating: "a=b ", count: 250_000), 2),
        ("brackets nested deeply", "FROM a\nRUN " + String(repeating: "[", count: 200_000), 2),
        ("ONBUILD nested deeply", "FROM a\n" + String(repeating: "ONBUILD ", count: 100_000), 2),
        ("a hundred thousand comments", "FROM a\n" + String(repeating: "# x\n", count: 100_000) + "USER a\n", 2),
        (
            "a hundred thousand empty lines in a continuation",
            "FROM a\nRUN a \\\n" + String(repeating: "\n", count: 100_000), 2
        ),
        ("a hundred thousand flags", "FROM a\nRUN " + String(repeating: "--device=a ", count: 100_000) + "x", 2),
    ]

    @Test("takes time in proportion to the text", arguments: rows(hostile))
    func proportion(row: NumberedRow<(name: String, text: String, instructions: Int)>) {
        let (name, text, instructions) = row.value
        let clock = ContinuousClock()
        var count = 0
        let time = clock.measure { count = Dockerfile(parsing: text).instructions.count }
        #expect(count == instructions)
        // A quadratic reader takes minutes; the bound leaves room for a slow debug build on a busy machine.
        #expect(time < .seconds(20), "\(name) took \(time)")
    }
}
