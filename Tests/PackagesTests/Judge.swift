// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs real tools whose answers ours are compared with.
enum Judge {
    /// What a program prints on standard output; nil when it is not installed or ends with an error.
    static func run(_ program: String, _ arguments: [String], input: String = "") -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/" + program) })
        else {
            return nil
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("judge-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: file.path, contents: Data(input.utf8)) else { return nil }
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: folder + "/" + program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
        process.standardInput = handle
        do { try process.run() } catch { return nil }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }

    static func skip(_ what: String) { print("skipped: \(what) is not installed, so nothing judged ours") }
}

/// A generator whose numbers depend on its seed alone.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
