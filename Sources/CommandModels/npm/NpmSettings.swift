// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, config: npmrc(5).

import ShellMachine

/// The settings of one place: the words of the command, the environment, or a `.npmrc`; the nearest place wins.
struct NpmSettings {
    private(set) var values: [String: [String]] = [:]

    init() {}

    /// Reads the lines of a `.npmrc`.
    init(file: String) {
        for line in file.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix(";") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let name = String(line[..<equals]).trimmed
            add(
                name.hasSuffix("[]") ? String(name.dropLast(2)) : name,
                String(line[line.index(after: equals)...]).trimmed
            )
        }
    }

    /// Reads the variables that npm takes for settings.
    init(environment: [String: Text]) {
        for name in [
            "omit", "include", "production", "only", "ignore_scripts", "package_lock", "shrinkwrap", "cache", "offline",
        ] {
            for spelling in ["npm_config_\(name)", "NPM_CONFIG_\(name.uppercased())"] {
                if let text = environment[spelling] { add(name.replacing("_", with: "-"), text.string) }
            }
        }
    }

    mutating func add(_ name: String, _ value: String) { values[name, default: []].append(value) }
}
