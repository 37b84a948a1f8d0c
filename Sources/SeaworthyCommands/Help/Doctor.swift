// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics

/// `seaworthy doctor`: a page to paste into a report.
struct Doctor: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look whether all is well here; the answer can be pasted into a report.",
        discussion: "Changes nothing. Exits with 1 when something keeps Seaworthy from working."
    )

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let checks = DoctorChecks(runtime).all()
        let isWell = !checks.contains { $0.state == .problem }
        if json {
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

/// One thing that was looked at.
struct DoctorCheck: Encodable, Equatable {
    let name: String
    let state: State
    /// What was found, on one line.
    let value: String
    /// What to do; nil when nothing.
    let fix: String?

    init(_ name: String, _ state: State = .ok, _ value: String, fix: String? = nil) {
        self.name = name
        self.state = state
        self.value = value.split(whereSeparator: \.isNewline).joined(separator: " ")
        self.fix = fix
    }

    /// How it stands.
    enum State: String, Encodable {
        /// As it should be.
        case ok
        /// Seaworthy works, but something is less than it could be.
        case warning
        /// Seaworthy does not work, or not all of it.
        case problem
    }
}
