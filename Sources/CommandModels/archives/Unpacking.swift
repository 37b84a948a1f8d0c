// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec

/// What an archive can bring whose content is not known.
enum Unpacking {
    /// The root of the image takes anything; a folder takes files, an application and its packages among them.
    static func scope(below folder: ImagePath) -> Unknown.Scope { folder.isRoot ? .filesystem : .application }
}
