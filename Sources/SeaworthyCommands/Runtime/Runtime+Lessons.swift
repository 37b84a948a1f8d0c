// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LessonChecks
import Lessons

extension Runtime {
    /// The lessons of the content root, whose checks are held against the kinds that there are.
    func lessons() throws -> LessonLibrary {
        LessonLibrary(root: try contentRoot(), limits: limits, kinds: CheckKindRegistry())
    }
}
