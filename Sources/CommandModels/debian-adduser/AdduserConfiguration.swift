// SPDX-License-Identifier: Apache-2.0
//
// Source: adduser.conf(5) of adduser 3.134.

import OCISpec
import ShellMachine

/// `/etc/adduser.conf` over the defaults.
struct AdduserConfiguration {
    private var values: [String: String] = [
        "FIRST_SYSTEM_UID": "100", "LAST_SYSTEM_UID": "999", "FIRST_SYSTEM_GID": "100", "LAST_SYSTEM_GID": "999",
        "FIRST_UID": "1000", "LAST_UID": "59999", "FIRST_GID": "1000", "LAST_GID": "59999", "DSHELL": "/bin/bash",
        "DHOME": "/home", "SKEL": "/etc/skel", "DIR_MODE": "0700", "SYS_DIR_MODE": "0755", "USERGROUPS": "yes",
        "SETGID_HOME": "no",
    ]

    init(_ world: World) {
        for line in world.text(at: "/etc/adduser.conf")?.split(separator: "\n") ?? [] {
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            var value = String(line[line.index(after: equals)...]).trimmed
            if value.hasPrefix("\""), value.hasSuffix("\""), value.utf8.count > 1 {
                value = String(value.dropFirst().dropLast())
            }
            values[String(line[..<equals]).trimmed] = value
        }
    }

    func text(_ key: String) -> String { values[key] ?? "" }

    /// Whether a setting says yes.
    func isOn(_ key: String) -> Bool { text(key).lowercased() == "yes" }

    /// The numbers of a kind of accounts: `UID`, `GID`, `SYSTEM_UID`, `SYSTEM_GID`.
    ///
    /// - Parameters:
    ///   - first: what the options say of the lowest one.
    ///   - last: what they say of the highest one.
    func range(_ kind: String, first: String? = nil, last: String? = nil) -> ClosedRange<UInt32> {
        let fallback: ClosedRange<UInt32> = kind.hasPrefix("SYSTEM") ? 100...999 : 1000...59999
        func bound(_ option: String?, _ key: String, _ usual: Int) -> Int {
            option.flatMap { Int($0) } ?? values[key].flatMap { Int($0) } ?? usual
        }
        let low = bound(first, "FIRST_\(kind)", Int(fallback.lowerBound))
        let high = bound(last, "LAST_\(kind)", Int(fallback.upperBound))
        return low >= 0 && low <= high && high < 1 << 31 ? UInt32(low)...UInt32(high) : fallback
    }
}
