// SPDX-License-Identifier: Apache-2.0

import HostFiles

/// The image that a command without an argument means: the one that was built last.
package struct LastBuild {
    private let path: String

    package init(_ bench: Workbench) { path = bench.surroundings.home + "/last-build" }

    /// Takes a build down.
    package func remember(_ name: String) throws {
        try HostFile.writeAtomically(Array(name.utf8), to: path, durable: false)
    }

    /// Its name; nil when nothing was built yet.
    package var name: String? {
        guard let bytes = try? HostFile.read(path, limit: 4096) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
