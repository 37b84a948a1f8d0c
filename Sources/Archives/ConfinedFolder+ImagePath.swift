// SPDX-License-Identifier: Apache-2.0

public import HostFiles
public import OCISpec

extension ConfinedFolder {
    /// The regular file at a path below the folder; see `file(at:shown:)`.
    public func file(at path: ImagePath) throws -> OpenFile? {
        try file(at: path.components.map(Array.init), shown: path.description)
    }
}
