// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Diagnostics
import Workbench
import Workspaces

/// The day that work is judged for.
struct DayOption: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: "Judge for this day, YYYY-MM-DD; in lessons and grades the day that the data reach when not given."
    )
    var asOf: String?

    /// The workbench of a lesson, a check or a grade: for the day that was asked for, else that of the data.
    func inLesson(_ bench: Workbench) throws -> Workbench { bench.judging(asOf: try day() ?? bench.dataDay()) }

    /// The day that was asked for; nil when none was.
    ///
    /// - Throws: a `Failure` (`usage`) for what is no day.
    func day() throws -> String? {
        guard let asOf else { return nil }
        guard let instant = Instant(parsing: asOf + "T00:00:00Z"), asOf.utf8.count == 10 else {
            throw Failure(.usage, "this is no day", at: .option("--as-of \(asOf)"), fix: "write it as 2026-10-01")
        }
        return instant.day.description
    }
}

extension Runtime {
    /// The same run at another workbench.
    func at(_ bench: Workbench) -> Runtime { Runtime(self, bench) }

    /// Whether the command runs in a lesson: in its shell, or in a folder of a workspace.
    var isInLesson: Bool {
        if let named = environment["SEAWORTHY_WORKSPACE"], !named.isEmpty, (try? workbench.keeper().open(named)) != nil
        {
            return true
        }
        do {
            return try workbench.keeper().find(from: currentDirectory) != nil
        } catch {
            // A workspace whose record cannot be used is one all the same.
            return true
        }
    }
}
