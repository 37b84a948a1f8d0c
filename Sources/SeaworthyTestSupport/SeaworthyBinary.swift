// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs programs, first of all the one that was built beside the tests.
public enum SeaworthyBinary {
    /// What came of a run.
    public struct Result: Sendable {
        /// The exit code; 128 and the signal's number when a signal ended it, as a shell says it.
        public let status: Int32
        /// Standard output, as bytes.
        public let outputBytes: [UInt8]
        /// Standard error, as bytes.
        public let errorBytes: [UInt8]
        /// Whether it was killed because it took too long.
        public let timedOut: Bool

        /// Standard output as text.
        public var output: String { String(decoding: outputBytes, as: UTF8.self) }
        /// Standard error as text.
        public var error: String { String(decoding: errorBytes, as: UTF8.self) }
    }

    /// A program that could not be run.
    public struct NotRunnable: Error, CustomStringConvertible {
        /// Which one, and why.
        public let description: String
    }

    /// The path of `seaworthy`: `$SEAWORTHY_BINARY`, else beside the test bundle; nil when it is not built.
    public static var path: String? {
        let manager = FileManager.default
        if let named = ProcessInfo.processInfo.environment["SEAWORTHY_BINARY"] { return named }
        var candidates = [CommandLine.arguments[0]]
        candidates += Bundle.allBundles.map(\.bundlePath) + [Bundle.main.executablePath].compactMap(\.self)
        for candidate in candidates {
            var folder = URL(fileURLWithPath: candidate).resolvingSymlinksInPath()
            for _ in 0..<5 {
                folder = folder.deletingLastPathComponent()
                let program = folder.appendingPathComponent("seaworthy").path
                var isFolder: ObjCBool = false
                if manager.fileExists(atPath: program, isDirectory: &isFolder), !isFolder.boolValue,
                    manager.isExecutableFile(atPath: program)
                {
                    return program
                }
            }
        }
        return nil
    }

    /// Where a program of the system is; nil when it is not installed: say so and skip.
    public static func find(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs `seaworthy`.
    ///
    /// - Parameters:
    ///   - environment: added to the test's own; a value of nil takes the variable away.
    ///   - timeout: seconds until it is killed.
    public static func run(
        _ arguments: [String],
        in folder: String? = nil,
        environment: [String: String?] = [:],
        input: [UInt8] = [],
        timeout: Double = 300
    ) throws -> Result {
        guard let path else { throw NotRunnable(description: "the binary seaworthy is not built beside the tests") }
        return try run(path, arguments, in: folder, environment: environment, input: input, timeout: timeout)
    }

    /// Runs any program; both pipes are drained while it runs.
    public static func run(
        _ program: String,
        _ arguments: [String],
        in folder: String? = nil,
        environment: [String: String?] = [:],
        input: [UInt8] = [],
        timeout: Double = 300
    ) throws -> Result {
        let process = try ChildProcess(
            program,
            arguments,
            in: folder,
            environment: merged(environment),
            input: input
        )
        var status = process.wait(timeout: timeout)
        let timedOut = status == nil
        if timedOut {
            process.terminate()
            status = process.wait(timeout: 60)
        }
        return Result(
            status: status ?? 128 + SIGKILL,
            outputBytes: process.written(0),
            errorBytes: process.written(1),
            timedOut: timedOut
        )
    }

    static func merged(_ changes: [String: String?]) -> [String: String] {
        var result = ProcessInfo.processInfo.environment
        for (name, value) in changes { result[name] = value }
        return result
    }
}
