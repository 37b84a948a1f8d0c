// SPDX-License-Identifier: Apache-2.0

import Archives
import OCISpec
import Registries
import Synchronization
import Testing

@testable import SeaworthyCommands

/// A clock that a test turns, and what was written.
private final class DisplayBench: Sendable {
    private let time = Mutex(100.0)
    private let text = Mutex("")

    var now: Double { time.withLock { $0 } }
    var written: String { text.withLock { $0 } }

    func pass(_ seconds: Double) { time.withLock { $0 += seconds } }

    func display(isTerminal: Bool) -> PullDisplay {
        PullDisplay(isTerminal: isTerminal, now: { self.now }, write: { piece in self.text.withLock { $0 += piece } })
    }
}

@Suite("How an image comes in")
struct PullDisplayTests {
    private let layer = Descriptor(mediaType: MediaType.layerGzip, digest: .sha256(of: "layer"), size: 5_000_000)

    @Test("off a terminal it is a line a second at most, and nothing for what is done within one")
    func lines() {
        let bench = DisplayBench()
        let display = bench.display(isTerminal: false)
        for piece in 1...50 {
            display.show(.receiving(layer, bytes: piece * 100_000))
            bench.pass(0.019)
        }
        display.show(.received(layer))
        #expect(bench.written.isEmpty)
        for piece in 1...50 {
            display.show(.receiving(layer, bytes: piece * 100_000))
            bench.pass(0.1)
        }
        display.finish()
        let lines = bench.written.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.contains(layer.digest.short) && $0.contains("1 of its blobs") })
        #expect(!bench.written.contains("\u{1B}") && !bench.written.contains("\r"))
    }

    @Test("on a terminal one line is written over, and taken away in the end")
    func terminal() {
        let bench = DisplayBench()
        let display = bench.display(isTerminal: true)
        for piece in 1...10 {
            bench.pass(0.5)
            display.show(.receiving(layer, bytes: piece * 100_000))
        }
        #expect(!bench.written.contains("\n"))
        display.finish()
        #expect(bench.written.hasSuffix("\r\u{1B}[K"))
        let before = bench.written
        display.finish()
        #expect(bench.written == before)
    }

    @Test("waiting and what is missing are always said, and tell a terminal nothing")
    func waiting() {
        let bench = DisplayBench()
        let display = bench.display(isTerminal: false)
        display.show(.waiting(seconds: 7, why: "busy\u{1B}[31m\n"))
        display.show(.attestationAbsent(layer.digest))
        #expect(bench.written.contains("waiting 7 s: busy") && bench.written.contains(layer.digest.short))
        #expect(!bench.written.contains("\u{1B}"))
    }
}
