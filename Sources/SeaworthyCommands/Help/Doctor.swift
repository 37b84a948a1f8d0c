// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Workbench

/// `seaworthy doctor`: a page to paste into a report.
struct Doctor: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look whether all is well here; the answer can be pasted into a report.",
        discussion: "Changes nothing. Exits with 1 when something keeps Seaworthy from working."
    )

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let checks = DoctorChecks(runtime.workbench, terminal: runtime.console.terminal).all()
        let isWell = !checks.contains { $0.state == .problem }
        if printing.json {
            try runtime.console.print(json: Report(ok: isWell, version: EngineVersion.current, checks: checks))
        } else {
            let width = checks.map(\.name.count).max() ?? 0
            var lines: [String] = []
            for check in checks {
                let mark =
                    switch check.state {
                    case .ok: "ok     "
                    case .warning: "warning"
                    case .problem: "PROBLEM"
                    }
                lines.append(
                    "\(mark)  \(check.name)\(String(repeating: " ", count: width - check.name.count))  \(check.value)"
                )
                if let fix = check.fix { lines.append("         → \(fix)") }
            }
            lines.append(isWell ? "All is well." : "Something keeps Seaworthy from working.")
            runtime.console.print(lines.joined(separator: "\n").harmless)
        }
        return isWell ? .success : .notPassed
    }

    private struct Report: Encodable {
        let ok: Bool
        let version: String
        let checks: [DoctorCheck]
    }
}
