// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// Whether registries may be asked where a command does not name the network itself.
///
/// `SEAWORTHY_REGISTRY` says it, `allowed` or `denied`; else the line `registry=allowed` of the file `settings` in the data home;
/// else they may not.
package enum RegistrySetting: String, Sendable, CaseIterable {
    case allowed, denied

    /// The variable of the environment.
    package static let variable = "SEAWORTHY_REGISTRY"
    /// The file in the data home: a setting a line, `NAME=VALUE`; lines that begin with `#` are remarks.
    package static let file = "settings"

    /// Reads the setting.
    ///
    /// - Throws: a `Failure`: `usage` for another word in the environment, `malformedInput` for a file that cannot be understood.
    package static func read(environment: [String: String], home: String) throws -> RegistrySetting {
        if let text = environment[variable], !text.isEmpty {
            guard let setting = RegistrySetting(rawValue: text) else {
                throw Failure(.usage, "that is no setting", at: .name("\(variable)=\(text)"), fix: advice)
            }
            return setting
        }
        let path = home + "/" + file
        guard HostFile.kind(of: path) != nil else { return .denied }
        return try read(HostFile.read(path, limit: 64 << 10), path: path)
    }

    private static let advice = "write `allowed` or `denied`"

    private static func read(_ bytes: [UInt8], path: String) throws -> RegistrySetting {
        var found: RegistrySetting?
        let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let text = line.split(separator: " ").joined(separator: " ")
            if text.isEmpty || text.hasPrefix("#") { continue }
            let place = Place.file(path, line: index + 1)
            let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.split(separator: " ").joined(separator: " ")
            }
            guard pair.count == 2, pair[0] == "registry" else {
                throw Failure(
                    .malformedInput,
                    "there is no such setting",
                    at: place,
                    fix: "the one there is: registry=allowed"
                )
            }
            guard let setting = RegistrySetting(rawValue: pair[1]) else {
                throw Failure(.malformedInput, "registry cannot be \(pair[1])", at: place, fix: advice)
            }
            guard found == nil || found == setting else {
                throw Failure(.malformedInput, "registry is set twice", at: place, fix: "leave one of the lines out")
            }
            found = setting
        }
        return found ?? .denied
    }
}

extension Workbench {
    /// Whether registries may be asked where a command does not name the network itself.
    ///
    /// - Throws: a `Failure` when the setting cannot be understood.
    package func registryIsAllowed() throws -> Bool {
        try RegistrySetting.read(environment: surroundings.environment, home: surroundings.home) == .allowed
    }
}
