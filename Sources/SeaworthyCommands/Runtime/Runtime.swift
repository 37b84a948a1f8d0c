// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Diagnostics
import Foundation

/// What a command needs of the world: environment, clock, folders, limits and the console. Made once a run, then passed down.
struct Runtime: Sendable {
    /// The environment variables.
    let environment: [String: String]
    /// The folder that the command was started in.
    let currentDirectory: String
    /// Seconds since 1970: `SOURCE_DATE_EPOCH` where it is set, else the clock.
    let epochSeconds: Int
    /// The data home: progress, image store, caches.
    let home: String
    /// Where to print.
    let console: Console
    /// How much foreign input may take.
    let limits: Limits
    /// Whether causes below an error are shown.
    let isVerbose: Bool

    init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        colour: ColourChoice = .auto,
        isPlain: Bool = false,
        isVerbose: Bool = false
    ) {
        self.environment = environment
        self.currentDirectory = FileManager.default.currentDirectoryPath
        let clock = Int(Date().timeIntervalSince1970)
        self.epochSeconds = environment["SOURCE_DATE_EPOCH"].flatMap { Int($0) } ?? clock
        self.home = Self.home(environment)
        self.console = Console(environment: environment, colour: colour, isPlain: isPlain)
        self.limits = .standard
        self.isVerbose = isVerbose
    }

    /// `$SEAWORTHY_HOME`, else `$XDG_DATA_HOME/seaworthy`, else `~/.local/share/seaworthy`.
    static func home(_ environment: [String: String]) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = value("SEAWORTHY_HOME") { return absolute(home) }
        if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/seaworthy" }
        return (value("HOME") ?? NSHomeDirectory()) + "/.local/share/seaworthy"
    }

    /// The path with the working directory in front when it is relative, and without `.` and `..`.
    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// The day of the clock in UTC, `YYYY-MM-DD`.
    var today: String { Instant(epochSeconds: epochSeconds).day.description }

    /// RFC 3339 in UTC, whole seconds.
    static func timestamp(_ epochSeconds: Int) -> String {
        Instant(epochSeconds: epochSeconds).rfc3339()
    }

    /// Where lessons, solutions, the kit and the advisories are: `$SEAWORTHY_CONTENT`, else `../share/seaworthy` beside the
    /// program, else the checkout that the program or the working directory stands in.
    func contentRoot() throws -> String {
        func isContent(_ path: String) -> Bool {
            FileManager.default.fileExists(atPath: path + "/lessons")
                && FileManager.default.fileExists(atPath: path + "/kit")
        }
        if let path = environment["SEAWORTHY_CONTENT"], !path.isEmpty {
            let path = Self.absolute(path)
            guard isContent(path) else {
                throw Failure(
                    .noInput,
                    "there is no content in the folder that SEAWORTHY_CONTENT names",
                    at: .file(path),
                    why: "it holds no `lessons` and `kit`",
                    fix: "point SEAWORTHY_CONTENT at a checkout, or unset it"
                )
            }
            return path
        }
        var candidates: [String] = []
        if let program = Self.programPath {
            var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
            candidates.append(folder.deletingLastPathComponent().path + "/share/seaworthy")
            for _ in 0..<8 where folder.path != "/" {
                candidates.append(folder.path)
                folder = folder.deletingLastPathComponent()
            }
        }
        var folder = URL(fileURLWithPath: currentDirectory)
        for _ in 0..<16 {
            candidates.append(folder.path)
            if folder.path == "/" { break }
            folder = folder.deletingLastPathComponent()
        }
        if let found = candidates.first(where: isContent) { return found }
        throw Failure(
            .noInput,
            "cannot find the lessons and the base image kit",
            why: "they are neither beside the program nor in a folder above it",
            fix: "set SEAWORTHY_CONTENT to the folder that holds `lessons` and `kit`"
        )
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
