// SPDX-License-Identifier: Apache-2.0

import Archives
import HostFiles

extension WorkFiles {
    /// Folders side by side as one: each below a folder of its name, or at the top where the name is empty.
    ///
    /// - Parameter place: the folder that messages name.
    package static func joined(_ parts: [(name: String, files: WorkFiles)], place: String) -> WorkFiles {
        var entries: [Entry] = []
        for part in parts {
            if part.name.isEmpty {
                entries += part.files.entries
            } else {
                entries.append(Entry(folder: part.name))
                entries += part.files.entries.map { $0.moved(to: part.name + "/" + $0.path) }
            }
        }
        return WorkFiles(place: place, entries: sorted(entries))
    }

    /// These files with those of another folder behind them: whatever stands here stays, and nothing is put below a file.
    ///
    /// - Parameter isWanted: which of the others are taken along, by their paths.
    /// - Returns: all files, and the paths of those that came from behind.
    package func filled(from others: WorkFiles, where isWanted: (String) -> Bool) -> (
        files: WorkFiles, filled: [String]
    ) {
        let added = others.entries.filter { entry in
            isWanted(entry.path) && self[entry.path] == nil
                && Self.foldersAbove(entry.path).allSatisfy { self[$0].map { $0.kind == .directory } ?? true }
        }
        let files = WorkFiles(place: place, entries: Self.sorted(entries + added))
        return (files, added.filter { $0.kind != .directory }.map(\.path))
    }

    private static func foldersAbove(_ path: String) -> [String] {
        let names = path.split(separator: "/")
        return names.indices.dropFirst().map { names[..<$0].joined(separator: "/") }
    }

    /// Folders before what they hold, sorted by the bytes of the names.
    static func sorted(_ entries: [Entry]) -> [Entry] {
        entries.sorted {
            $0.path.split(separator: "/").lexicographicallyPrecedes($1.path.split(separator: "/")) { left, right in
                left.utf8.lexicographicallyPrecedes(right.utf8)
            }
        }
    }
}

extension WorkFiles.Entry {
    /// A folder that nobody made.
    fileprivate init(folder path: String) {
        self.init(
            path: path,
            kind: .directory,
            mode: 0o755,
            modificationTime: 0,
            sizeBytes: 0,
            linkTarget: nil,
            digest: nil,
            content: nil
        )
    }

    /// The same entry at another path.
    func moved(to path: String) -> Self { with(path: path) }

    /// The same entry but for what is given.
    func with(path: String? = nil, content: ByteSource? = nil) -> Self {
        Self(
            path: path ?? self.path,
            kind: kind,
            mode: mode,
            modificationTime: modificationTime,
            sizeBytes: sizeBytes,
            linkTarget: linkTarget,
            digest: digest,
            content: content ?? self.content
        )
    }
}
