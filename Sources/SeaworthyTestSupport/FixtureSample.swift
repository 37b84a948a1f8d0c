// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Which of many fixtures a run of the tests judges: a long run all of them, a short one some, which a seed draws.
///
/// `SEAWORTHY_TEST_FIXTURES=all` makes a run long, as `make soak` does; `SEAWORTHY_TEST_SEED` draws others.
public enum FixtureSample {
    /// Whether all are judged.
    public static var isWhole: Bool { ProcessInfo.processInfo.environment["SEAWORTHY_TEST_FIXTURES"] == "all" }

    /// The seed of this run.
    public static var seed: UInt64 {
        ProcessInfo.processInfo.environment["SEAWORTHY_TEST_SEED"].flatMap { UInt64($0) } ?? 2026
    }

    /// One of two halves, which are all of them together; all in a long run.
    ///
    /// - Parameter number: 0 or 1.
    public static func half(_ number: Int, of names: [String]) -> [String] {
        guard !isWhole else { return names.sorted() }
        return drawn(names).enumerated().filter { $0.offset % 2 == number % 2 }.map(\.element).sorted()
    }

    /// So many of them; all in a long run.
    public static func some(_ count: Int, of names: [String]) -> [String] {
        isWhole ? names.sorted() : Array(drawn(names).prefix(count)).sorted()
    }

    private static func drawn(_ names: [String]) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return names.sorted().shuffled(using: &generator)
    }
}
