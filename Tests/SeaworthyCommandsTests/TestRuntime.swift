// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Workbench

@testable import SeaworthyCommands

/// A world for tests: a data home of its own, the checkout's content, a clock that stands still.
enum TestRuntime {
    /// The checkout.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func make(
        _ scratch: ScratchFolder,
        _ more: [String: String] = [:],
        openers: Openers = Openers()
    ) -> Runtime {
        var environment = [
            "SEAWORTHY_HOME": scratch.path("home"), "SEAWORTHY_CONTENT": root, "SOURCE_DATE_EPOCH": "1790000000",
            "LANG": "C.UTF-8", "NO_COLOR": "1",
        ]
        environment.merge(more) { _, new in new }
        return Runtime(environment: environment, openers: openers)
    }
}
