// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import ShellMachine

extension Invocation {
    /// The file that `--reference` names, whose mode, owner or time is taken; nil where the option was not given.
    mutating func referenceFile(_ option: CommandOption) throws(Ending) -> FileNode? {
        guard let name = value(option) else { return nil }
        guard let node = (try? world.node(name)) ?? nil else {
            throw ending("failed to get attributes of '\(name)': No such file or directory", reason: .fileMissing(name))
        }
        return node
    }
}
