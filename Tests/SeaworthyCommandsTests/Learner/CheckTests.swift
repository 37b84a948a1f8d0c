// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SeaworthyTestSupport
import Synchronization
import Testing
import Workbench

@testable import SeaworthyCommands

@Suite("seaworthy check")
struct CheckTests {
    @Test("a check opens the kit, what is known of base images, the store and the advisories once each")
    func opensOnce() throws {
        let scratch = try ScratchFolder()
        let opened = Counts()
        let runtime = TestRuntime.make(scratch, openers: opened.openers)
        let place = scratch.path("work")
        _ = try Learn.parse(["securing-your-image", "--workspace", place, "--json"]).run(runtime)
        _ = try Check.parse(["--workspace", place, "--step", "non-root-user", "--json"]).run(runtime)
        #expect(opened.counts == ["advisories": 1, "catalog": 1, "kit": 1, "store": 1])
    }

    private final class Counts: Sendable {
        private let opened = Mutex<[String: Int]>([:])
        var counts: [String: Int] { opened.withLock { $0 } }
        private func note(_ name: String) { opened.withLock { $0[name, default: 0] += 1 } }

        var openers: Openers {
            let usual = Openers()
            var openers = Openers()
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
            openers.advisories = {
                self.note("advisories")
                return try usual.advisories($0, $1)
            }
            return openers
        }
    }
}
