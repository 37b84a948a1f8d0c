// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Diagnostics
import Foundation
import Workbench

/// What a command needs: the workbench, what it takes from the world, and the console. Made once a run, then passed down.
struct Runtime: Sendable {
    /// The rooms, put together for this run.
    let workbench: Workbench
    /// Where to print.
    let console: Console
    /// Whether causes below an error are shown.
    let isVerbose: Bool

    init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        colour: ColourChoice = .auto,
        isPlain: Bool = false,
        isVerbose: Bool = false,
        openers: Openers = Openers()
    ) {
        workbench = Workbench(
            Surroundings(
                environment: environment,
                currentDirectory: FileManager.default.currentDirectoryPath,
                home: Self.home(environment),
                epochSeconds: environment["SOURCE_DATE_EPOCH"].flatMap { Int($0) } ?? Int(Date().timeIntervalSince1970),
                limits: .standard,
                programPath: Self.programPath
            ),
            openers: openers
        )
        console = Console(environment: environment, colour: colour, isPlain: isPlain)
        self.isVerbose = isVerbose
    }

    /// The same run at another workbench.
    init(_ runtime: Runtime, _ workbench: Workbench) {
        self.workbench = workbench
        console = runtime.console
        isVerbose = runtime.isVerbose
    }

    /// `$SEAWORTHY_HOME`, else `$XDG_DATA_HOME/seaworthy`, else `~/.local/share/seaworthy`.
    static func home(_ environment: [String: String]) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = value("SEAWORTHY_HOME") { return Surroundings.absolute(home) }
        if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/seaworthy" }
        return (value("HOME") ?? NSHomeDirectory()) + "/.local/share/seaworthy"
    }

    /// RFC 3339 in UTC, whole seconds.
    static func timestamp(_ epochSeconds: Int) -> String {
        Instant(epochSeconds: epochSeconds).rfc3339()
    }

    /// The program's own path with links followed; nil when the system does not say.
    static var programPath: String? {
        #if os(Linux)
            return try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #else
            return Bundle.main.executablePath
        #endif
    }
}

extension Runtime {
    /// What the run takes from the world.
    var surroundings: Surroundings { workbench.surroundings }
    /// The environment variables.
    var environment: [String: String] { surroundings.environment }
    /// The folder that the command was started in.
    var currentDirectory: String { surroundings.currentDirectory }
    /// Seconds since 1970: `SOURCE_DATE_EPOCH` where it is set, else the clock.
    var epochSeconds: Int { surroundings.epochSeconds }
    /// The clock as a date.
    var now: Date { surroundings.now }
    /// The data home: progress, image store, caches.
    var home: String { surroundings.home }
    /// How much foreign input may take.
    var limits: Limits { surroundings.limits }
}
