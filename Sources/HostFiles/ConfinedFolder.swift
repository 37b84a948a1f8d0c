// SPDX-License-Identifier: Apache-2.0

import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder on the host whose files are read without ever leaving it, whatever links it holds.
public final class ConfinedFolder: Sendable {
    private let root: OpenFolder

    /// Opens a folder.
    ///
    /// - Throws: a `Failure`: `noInput` when it is not there, `inputOutput` when it cannot be read.
    public init(reading path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.posix("cannot open the folder", at: path) }
        root = OpenFolder(descriptor: descriptor, place: path)
    }

    /// The path as the user named it, for messages.
    public var place: String { root.place }

    /// The regular file at a path below the folder, links followed as long as they stay inside.
    ///
    /// - Parameters:
    ///   - parts: the path's parts.
    ///   - shown: the path below the folder, for messages, with a slash in front.
    /// - Returns: nil when nothing is there.
    /// - Throws: a `Failure`: `hostileInput` when a link leads out of the folder or in circles, `malformedInput` when something
    ///   that is no file stands there.
    public func file(at parts: [[UInt8]], shown: String) throws -> OpenFile? {
        var pending = Array(parts.reversed())
        var resolved: [[UInt8]] = []
        var linkCount = 0
        while let name = pending.popLast() {
            if name == [0x2E, 0x2E] {
                guard resolved.popLast() != nil else {
                    throw Failure(.hostileInput, "a link leads out of the folder", at: .file(place), why: shown)
                }
                continue
            }
            guard let parent = folder(resolved), let status = try? parent.status(name) else { return nil }
            if status.kind == .link {
                linkCount += 1
                guard linkCount <= 40, let target = try? parent.linkTarget(name), target.count < 4_096,
                    target.first != UInt8(ascii: "/")
                else {
                    throw Failure(
                        .hostileInput,
                        linkCount > 40 ? "links run in circles" : "a link leads out of the folder",
                        at: .file(place),
                        why: shown
                    )
                }
                pending.append(
                    contentsOf: target.split(separator: 0x2F).map(Array.init).filter { $0 != [0x2E] }.reversed()
                )
                continue
            }
            resolved.append(name)
            if pending.isEmpty { return try parent.openFile(name, shown: place + shown) }
        }
        return nil
    }

    /// Opens a folder below; nil when it is not there or is no folder.
    private func folder(_ names: [[UInt8]]) -> OpenFolder? {
        do {
            var current = try root.reopened()
            for name in names { current = try current.folder(name) }
            return current
        } catch {
            return nil
        }
    }
}
