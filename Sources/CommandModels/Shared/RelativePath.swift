// SPDX-License-Identifier: Apache-2.0

import OCISpec

extension ImagePath {
    /// The way to the path from a folder, as a link in that folder has it.
    func relative(to folder: ImagePath) -> String {
        var shared = 0
        while shared < components.count, shared < folder.components.count,
            components[shared] == folder.components[shared]
        { shared += 1 }
        let up = Array(repeating: "..", count: folder.components.count - shared)
        let down = components[shared...].map { String(decoding: $0, as: UTF8.self) }
        let parts = up + down
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}
