// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import ImageFilesystem
public import OCISpec

/// The files that `COPY` and `ADD` can take: the build context after its `.dockerignore`.
public protocol BuildContext: Sendable {
    /// The context as a tree; a file's content may be `.modelled` with its size until `load` reads it.
    var tree: FileTree { get }

    /// The bytes of a file of the tree.
    ///
    /// - Throws: a `Failure` when the file cannot be read or is larger than the limits allow.
    func load(_ path: ImagePath) throws -> [UInt8]

    /// Whether the `.dockerignore` leaves a path out although the folder has it; for messages only.
    func isIgnored(_ path: ImagePath) -> Bool

    /// Whether COPY may ask for anything: nobody knows which files there are.
    var isUnknown: Bool { get }
}

extension BuildContext {
    /// False: the tree is all there is.
    public var isUnknown: Bool { false }
}

/// A context of which nothing is known, for predictions that rest on the Dockerfile alone.
public struct UnknownContext: BuildContext {
    /// Always the empty tree.
    public let tree = FileTree()
    /// Always true.
    public let isUnknown = true

    /// The only value.
    public init() {}

    /// Always throws: no file is known.
    public func load(_ path: ImagePath) throws -> [UInt8] {
        throw Failure(.noInput, "the build context is not known", at: .entry(path.description))
    }

    /// Always false.
    public func isIgnored(_ path: ImagePath) -> Bool { false }
}

/// A context without files, for builds that only look at the Dockerfile.
public struct EmptyContext: BuildContext {
    /// Always the empty tree.
    public let tree = FileTree()

    /// The only value.
    public init() {}

    /// Always throws: there are no files.
    public func load(_ path: ImagePath) throws -> [UInt8] {
        throw Failure(.noInput, "there is no such file in the build context", at: .entry(path.description))
    }

    /// Always false.
    public func isIgnored(_ path: ImagePath) -> Bool { false }
}

/// A context of files given as bytes, for tests and drivers.
public struct MemoryContext: BuildContext {
    /// The files.
    public let tree: FileTree

    /// Takes files by path; modes are 0644.
    public init(_ files: [String: String]) {
        var tree = FileTree()
        for (path, text) in files { tree.insert(.file(Array(text.utf8)), at: ImagePath(path)) }
        self.tree = tree
    }

    /// Takes a tree whose files all hold their bytes.
    public init(tree: FileTree) { self.tree = tree }

    /// The bytes that the tree holds.
    public func load(_ path: ImagePath) throws -> [UInt8] { try tree.contextFile(path) }

    /// Always false.
    public func isIgnored(_ path: ImagePath) -> Bool { false }
}

extension FileTree {
    /// The bytes of a file of a build context that is a tree.
    func contextFile(_ path: ImagePath) throws -> [UInt8] {
        guard let bytes = bytes(at: path) else {
            throw Failure(.noInput, "there is no such file in the build context", at: .entry(path.description))
        }
        return bytes
    }
}
