// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs a real program as a judge; one at a time, so that no child inherits another one's pipe.
enum RealProgram {
    private static let lock = NSLock()

    /// Runs a program with nothing at its input; nil when the machine does not have it.
    static func run(
        _ words: [String],
        in folder: URL = URL(fileURLWithPath: "/"),
        environment: [String: String] = [:]
    ) throws -> (exit: Int, stdout: String)? {
        guard let program = words.first, FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: \(words.first ?? "") is not on this machine")
            return nil
        }
        lock.lock()
        defer { lock.unlock() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(words.dropFirst())
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/root", "LC_ALL": "C"].merging(environment) { _, own in
            own
        }
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (Int(process.terminationStatus), String(decoding: data, as: UTF8.self))
    }
}
