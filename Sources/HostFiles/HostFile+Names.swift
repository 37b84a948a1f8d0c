// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension HostFile {
    /// The names in a folder that are not UTF-8, as far as they can be shown; `walk` passes such entries over.
    public static func unreadableNames(in folder: String) -> [String] {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return names(inFolder: descriptor).filter { name in
            var status = stat()
            return name.unicodeScalars.contains("\u{FFFD}")
                && fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether a file is there and holds nothing.
    public static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
    }

    /// Whether a link in a folder leads to a regular file that lies in the folder as well.
    public static func leadsToFile(_ path: String, within folder: String) -> Bool {
        func real(_ path: String) -> String? {
            guard let found = realpath(path, nil) else { return nil }
            defer { free(found) }
            return String(cString: found)
        }
        guard kind(of: folder + "/" + path) == .file, let target = real(folder + "/" + path), let root = real(folder)
        else { return false }
        return target.hasPrefix(root == "/" ? root : root + "/")
    }
}
