// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import Workbench

/// Counts what a workbench opens.
final class OpeningCounter: Sendable {
    private let opened = Mutex<[String: Int]>([:])

    /// How often each was opened, by name.
    var counts: [String: Int] { opened.withLock { $0 } }

    func note(_ name: String) { opened.withLock { $0[name, default: 0] += 1 } }

    /// The usual openers, each of which is counted.
    var openers: Openers {
        let usual = Openers()
        var openers = Openers()
        openers.content = {
            self.note("content")
            return try usual.content($0)
        }
        openers.lessons = {
            self.note("lessons")
            return try usual.lessons($0, $1)
        }
        openers.store = {
            self.note("store")
            return try usual.store($0, $1)
        }
        openers.catalog = {
            self.note("catalog")
            return try usual.catalog($0)
        }
        openers.kit = {
            self.note("kit")
            return try usual.kit($0, $1)
        }
        openers.packages = {
            self.note("packages")
            return try usual.packages($0)
        }
        openers.advisories = {
            self.note("advisories")
            return try usual.advisories($0, $1)
        }
        return openers
    }
}
