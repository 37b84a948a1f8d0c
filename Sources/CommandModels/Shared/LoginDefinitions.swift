// SPDX-License-Identifier: Apache-2.0
//
// Source: login.defs(5).

import ImageFilesystem
import OCISpec

/// The settings of `/etc/login.defs`.
struct LoginDefinitions {
    private let values: [String: String]

    init(_ tree: FileTree) {
        var values: [String: String] = [:]
        let text = tree.bytes(at: "/etc/login.defs").map { String(decoding: $0, as: UTF8.self) } ?? ""
        for line in text.split(separator: "\n") {
            let parts = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            if parts.count >= 2, !parts[0].hasPrefix("#") { values[String(parts[0])] = String(parts[1]) }
        }
        self.values = values
    }

    func number(_ name: String, _ fallback: Int) -> Int { values[name].flatMap { Int($0) } ?? fallback }

    func text(_ name: String) -> String? { values[name] }

    /// The numbers of system accounts; kind: `UID` or `GID`.
    func systemRange(_ kind: String) -> ClosedRange<UInt32> {
        let low = number("SYS_\(kind)_MIN", 101)
        let high = number("SYS_\(kind)_MAX", number("\(kind)_MIN", 1000) - 1)
        return Self.range(low, high) ?? 101...999
    }

    /// The numbers of ordinary accounts; kind: `UID` or `GID`.
    func ordinaryRange(_ kind: String) -> ClosedRange<UInt32> {
        let low = number("\(kind)_MIN", 1000)
        let high = number("\(kind)_MAX", 60000)
        return Self.range(low, high) ?? 1000...60000
    }

    private static func range(_ low: Int, _ high: Int) -> ClosedRange<UInt32>? {
        low >= 0 && low <= high && high < 1 << 31 ? UInt32(low)...UInt32(high) : nil
    }
}
