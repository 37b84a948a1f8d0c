// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
public import OCISpec

extension World {
    /// The day of the build, in days since 1970.
    public var today: Int { epochSeconds / 86_400 }

    /// The text of a file whose bytes are known; nil where they are not, or where there is no file. Nobody's rights are asked.
    public func text(at path: ImagePath) -> String? {
        tree.bytes(at: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file that belongs to a program's own data: what is there keeps its mode and owner. Nobody's rights are asked.
    public mutating func write(_ bytes: [UInt8], at path: ImagePath) {
        let old = tree.node(at: path)
        put(
            FileNode(
                kind: .file(.bytes(bytes)),
                mode: old?.mode ?? 0o644,
                uid: old?.uid ?? 0,
                gid: old?.gid ?? 0,
                modificationTime: epochSeconds
            ),
            at: path
        )
    }
}
