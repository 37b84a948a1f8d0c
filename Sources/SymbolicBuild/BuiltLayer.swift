// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import ImageFilesystem

/// A layer that an instruction made.
public struct BuiltLayer: Sendable {
    /// What differs from the layer below.
    public let changes: [FileTree.Change]
    /// The filesystem with this layer.
    public let tree: FileTree
    /// The history line.
    public let createdBy: String
    /// Where the instruction stands.
    public let range: SourceRange
    /// What the instruction did, for the provenance.
    let operation: LayerOperation

    /// What a copy took from where, variables replaced; nil when the layer is no copy. `from` is nil for the build context.
    public var copied: (sources: [String], destination: String, from: String?)? {
        if case .copy(let sources, let destination, let from) = operation { (sources, destination, from) } else { nil }
    }
}

/// What an instruction did that made a layer.
enum LayerOperation: Sendable {
    case run(arguments: [String], environment: [String], workingDirectory: String, user: String?)
    /// `from` is nil for the build context.
    case copy(sources: [String], destination: String, from: String?)
    case makeDirectory(String)
}
