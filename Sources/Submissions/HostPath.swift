// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Paths of the host as the system resolves them.
package enum HostPath {
    /// The path with every link followed; nil when it leads nowhere.
    package static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    /// The path from the root on, as it was written; resolved only where its last part would say nothing.
    package static func absolute(_ path: String) -> String {
        if let last = path.split(separator: "/").last, last == "." || last == ".." { return real(path) ?? path }
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }
}
