// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import ImagePolicies
import OCISpec

/// Reads the accounts of an image.
enum UserFiles {
    static let passwd: ImagePath = "/etc/passwd"

    /// The accounts, and whether something that was not understood may have added others.
    static func accounts(of tree: FileTree, unknowns: [Unknown]) -> UserAccounts {
        let doubt = unknowns.first { [.filesystem, .baseImage].contains($0.scope) }?.reason
        switch tree.resolvedNode(at: passwd)?.kind {
        case .file(.bytes(let bytes))?:
            let known = UserAccounts(passwd: bytes)
            return doubt.map { .partly(known.accounts, $0) } ?? known
        case .file(.unknown(let unknown))?: return .partly([], unknown.reason)
        case .file?: return .partly([], doubt ?? "the bytes of /etc/passwd are not at hand")
        default: return doubt.map { .partly([], $0) } ?? UserAccounts(passwd: nil)
        }
    }
}
