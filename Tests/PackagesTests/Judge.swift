// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport

/// Runs real tools whose answers ours are compared with.
enum Judge {
    /// What a program prints on standard output; nil when it is not installed or ends with an error.
    static func run(_ program: String, _ arguments: [String], input: String = "") -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/" + program) })
        else {
            return nil
        }
        let result = try? SeaworthyBinary.run(folder + "/" + program, arguments, input: Array(input.utf8))
        return result?.status == 0 ? result?.output : nil
    }

    static func skip(_ what: String) { print("skipped: \(what) is not installed, so nothing judged ours") }
}
