// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec

/// What `pushd` and `popd` have in common.
enum FolderStack {
    static func leave(_ name: String, in machine: Machine) -> Flow {
        machine.world.doubt("\(name) is not followed", .files, in: [.root])
        machine.status = .unknown
        return .normal
    }
}
