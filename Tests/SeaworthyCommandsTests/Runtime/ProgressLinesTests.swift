// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SeaworthyCommands

/// How often a long command says how far it is.
@Suite("Lines of progress")
struct ProgressLinesTests {
    /// Milliseconds at which there is something to say, and at which it is said in a log.
    private static let cases: [(times: [Int], said: [Int])] = [
        ([], []),
        ([0], [0]),
        ([5_000], [5_000]),
        ([0, 1, 2, 999], [0]),
        ([0, 999, 1_000, 1_001], [0, 1_000]),
        ([0, 1_500, 2_000, 2_499, 2_500], [0, 1_500, 2_500]),
        ([10, 20_000, 20_001, 40_000], [10, 20_000, 40_000]),
    ]

    @Test("come at most once a second in a log, and each on a terminal", arguments: cases.indices)
    func paced(index: Int) {
        let (times, expected) = Self.cases[index]
        for isPaced in [true, false] {
            let world = World()
            var lines = ProgressLines(
                isPaced: isPaced,
                now: { .milliseconds(world.time) },
                say: { world.said.append($0) }
            )
            for time in times {
                world.time = time
                lines.tell("\(time)")
            }
            #expect(world.said == (isPaced ? expected : times).map { "\($0)" })
        }
    }

    private final class World {
        var time = 0
        var said: [String] = []
    }
}
