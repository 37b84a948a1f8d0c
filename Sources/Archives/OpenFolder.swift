// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import OCISpec

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder on the host whose files are read without ever leaving it, whatever links it holds.
public final class OpenFolder: Sendable {
    private let descriptor: Int32
    /// The path as the user named it, for messages.
    public let place: String

    /// Opens a folder.
    ///
    /// - Throws: a `Failure`: `noInput` when it is not there, `inputOutput` when it cannot be read.
    public init(reading path: String) throws {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.posix("cannot open the folder", at: path) }
        place = path
    }

    deinit { close(descriptor) }

    /// The regular file at a path below the folder, links followed as long as they stay inside.
    ///
    /// - Returns: nil when nothing is there.
    /// - Throws: a `Failure`: `hostileInput` when a link leads out of the folder or in circles, `malformedInput` when something
    ///   that is no file stands there.
    public func file(at path: ImagePath) throws -> OpenFile? {
        var pending = Array(path.components.reversed())
        var resolved: [String] = []
        var linkCount = 0
        while let part = pending.popLast() {
            if part == [0x2E, 0x2E] {
                guard resolved.popLast() != nil else {
                    throw Failure(
                        .hostileInput,
                        "a link leads out of the folder",
                        at: .file(place),
                        why: path.description
                    )
                }
                continue
            }
            let name = String(decoding: part, as: UTF8.self)
            let parent = try openFolder(resolved)
            guard parent >= 0 else { return nil }
            defer { close(parent) }
            var status = stat()
            guard fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
            if status.st_mode & S_IFMT == S_IFLNK {
                linkCount += 1
                guard linkCount <= 40, let target = HostFiles.linkTarget(name, in: parent), !target.hasPrefix("/")
                else {
                    throw Failure(
                        .hostileInput,
                        linkCount > 40 ? "links run in circles" : "a link leads out of the folder",
                        at: .file(place),
                        why: path.description
                    )
                }
                pending.append(
                    contentsOf: target.utf8.split(separator: 0x2F).map(Array.init).filter { $0 != [0x2E] }.reversed()
                )
                continue
            }
            resolved.append(name)
            guard pending.isEmpty else { continue }
            let file = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard file >= 0 else { throw Failure.posix("cannot open the file", at: place + path.description) }
            return try OpenFile(adopting: file, place: place + path.description)
        }
        return nil
    }

    /// Opens a folder below; -1 when it is not there or is no folder.
    private func openFolder(_ components: [String]) throws -> Int32 {
        var current = dup(descriptor)
        for name in components where current >= 0 {
            let next = openat(current, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            close(current)
            current = next
        }
        return current
    }
}
