// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import SeaworthyTestSupport

@testable import Workbench

/// A workbench for tests: a data home of its own, the checkout's content, a clock that stands still.
enum TestBench {
    /// The checkout.
    static let root = Checkout.root.path

    static func make(
        _ scratch: ScratchFolder,
        _ more: [String: String] = [:],
        openers: Openers = Openers()
    ) -> Workbench {
        Workbench(
            Surroundings(
                environment: ["SEAWORTHY_CONTENT": root].merging(more) { _, new in new },
                currentDirectory: scratch.path(""),
                home: more["SEAWORTHY_HOME"] ?? scratch.path("home"),
                epochSeconds: 1_790_000_000,
                limits: .standard,
                programPath: nil
            ),
            openers: openers
        )
    }

    /// The code of the failure that a closure throws; nil when it throws none.
    static func code(_ body: () throws -> some Any) -> Failure.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Failure)?.code
        }
    }
}
