// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
public import OCISpec

/// A program that was found.
public struct Program: Sendable {
    /// Where it was found, as the search spelt it.
    public let typedPath: String
    /// The file behind links; nil where every modelled program is taken to be there.
    public let path: ImagePath?
    let content: FileContent
}

/// What came of looking for a program.
public enum ProgramSearch: Sendable {
    case found(Program)
    case missing
    case notExecutable
    case folder
    /// Nothing was found where files are uncertain.
    case uncertain
}
