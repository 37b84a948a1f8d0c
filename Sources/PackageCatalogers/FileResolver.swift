// SPDX-License-Identifier: Apache-2.0

public import ImageFilesystem
public import OCISpec

/// Shows catalogers the files of an image, all layers applied.
///
/// An implementation promises that paths come sorted and without doubles, that `file(at:)` follows links as the kernel does
/// below the container's root, and that both answer the same whenever they are asked.
public protocol FileResolver {
    /// The wanted names of the squashed view that are no folder's; links stand for themselves, and what lies behind a link to a
    /// folder has the name that it has there.
    ///
    /// - Parameter places: where wanted files always stand.
    func names(at places: [FileNames.Place], where isWanted: (ImagePath) -> Bool) -> FileNames

    /// The programs of the squashed view whose bytes were looked through, sorted by their paths; links are none.
    func programs() -> [ResolvedProgram]

    /// The file behind a path, links followed; nil when there is none.
    ///
    /// - Throws: a `Failure` when the file is there and cannot be read.
    func file(at path: ImagePath) throws -> ResolvedFile?
}

/// A program of an image, for a cataloger.
public struct ResolvedProgram: Sendable, Hashable {
    /// Where it is.
    public let path: ImagePath
    /// What its bytes say.
    public let program: BinaryProgram
    /// The place of the layer that last wrote it, the lowest is 0; nil when not known.
    public let layerIndex: Int?
    /// The digest of that layer, uncompressed; nil when not known.
    public let layerDiffID: Digest?

    /// Makes a program from its parts.
    public init(path: ImagePath, program: BinaryProgram, layerIndex: Int? = nil, layerDiffID: Digest? = nil) {
        self.path = path
        self.program = program
        self.layerIndex = layerIndex
        self.layerDiffID = layerDiffID
    }
}

/// A file of an image, for a cataloger.
public struct ResolvedFile: Sendable, Hashable {
    /// The path that was asked for.
    public let path: ImagePath
    /// What it holds, or why that is not at hand.
    public let content: Content
    /// The place of the layer that last wrote it, the lowest is 0; nil when not known.
    public let layerIndex: Int?
    /// The digest of that layer, uncompressed; nil when not known.
    public let layerDiffID: Digest?

    /// A file of no layer in particular, unless one is named.
    public init(path: ImagePath, content: Content, layerIndex: Int? = nil, layerDiffID: Digest? = nil) {
        self.path = path
        self.content = content
        self.layerIndex = layerIndex
        self.layerDiffID = layerDiffID
    }

    /// What is known of a file's bytes.
    public enum Content: Sendable, Hashable {
        /// The bytes themselves.
        case bytes([UInt8])
        /// It is there, its bytes were not kept or are not part of a model.
        case absent
        /// The engine does not know what it holds, or whether it is there; the text says why.
        case unknown(String)
    }
}

/// What a cataloger wants of a file.
public enum FileInterest: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Nothing.
    case none
    /// Only to know that it is there.
    case presence
    /// Its bytes.
    case contents

    /// Orders by how much is wanted.
    public static func < (left: FileInterest, right: FileInterest) -> Bool { left.rawValue < right.rawValue }
}
