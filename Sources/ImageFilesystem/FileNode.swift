// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, layer.md, "File Attributes".

public import Diagnostics
public import OCISpec

/// A file, folder, link or device in an image, without its name.
public struct FileNode: Sendable, Hashable {
    /// What it is, with what only that kind has.
    public var kind: Kind
    /// Permission bits with setuid, setgid and sticky, 0 to 0o7777.
    public var mode: UInt16
    /// The owner's number.
    public var uid: UInt32
    /// The group's number.
    public var gid: UInt32
    /// Seconds since 1970.
    public var modificationTime: Int
    /// The place of the layer that last wrote it, the lowest is 0; nil when it is made by a build that has no layer yet.
    public var layerIndex: Int?
    /// The instruction of a build that made it, wherever it was copied since; nil for a file that no build here made.
    public var origin: FileOrigin?
    /// Where it stood when it was first copied or moved; nil for a text, whose bytes say what it is, and for what stayed where it was.
    public var source: ImagePath?
    /// Whether it may also not be there: something that was not understood decides.
    public var isPerhaps = false

    /// A node of root's, at the beginning of 1970; of the mode only permission bits, setuid, setgid and sticky count.
    public init(
        kind: Kind,
        mode: UInt16,
        uid: UInt32 = 0,
        gid: UInt32 = 0,
        modificationTime: Int = 0,
        layerIndex: Int? = nil
    ) {
        self.kind = kind
        self.mode = mode & 0o7777
        self.uid = uid
        self.gid = gid
        self.modificationTime = modificationTime
        self.layerIndex = layerIndex
    }

    /// A folder of root's.
    public static func directory(mode: UInt16 = 0o755, uid: UInt32 = 0, gid: UInt32 = 0) -> FileNode {
        FileNode(kind: .directory, mode: mode, uid: uid, gid: gid)
    }

    /// A file of root's with these bytes.
    public static func file(_ bytes: [UInt8], mode: UInt16 = 0o644, uid: UInt32 = 0, gid: UInt32 = 0) -> FileNode {
        FileNode(kind: .file(.bytes(bytes)), mode: mode, uid: uid, gid: gid)
    }

    /// A symbolic link of root's.
    public static func symlink(to target: String) -> FileNode {
        FileNode(kind: .symlink(target: Array(target.utf8)), mode: 0o777)
    }

    /// What a copy of it remembers of where it comes from.
    ///
    /// - Parameter path: where it stands.
    public func source(at path: ImagePath) -> ImagePath? {
        switch kind {
        case .file(.bytes(let bytes)) where !bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]): nil
        case .file: source ?? path
        default: nil
        }
    }

    /// Whether it is a folder.
    public var isDirectory: Bool {
        if case .directory = kind { true } else { false }
    }
}

extension FileNode {
    /// What a node is.
    public enum Kind: Sendable, Hashable {
        case directory
        case file(FileContent)
        /// The target as written, not resolved.
        case symlink(target: [UInt8])
        /// Another name of the file at `target`.
        case hardLink(target: ImagePath)
        case character(major: UInt32, minor: UInt32)
        case block(major: UInt32, minor: UInt32)
        case fifo
    }
}

/// The bytes of a file, or what is known of them.
public enum FileContent: Sendable, Hashable {
    /// The bytes themselves.
    case bytes([UInt8])
    /// The bytes stand in a layer and were not kept; whoever wants them reads that layer.
    ///
    /// `layer` is the digest of the uncompressed layer, `path` the entry's path in it.
    case stored(layer: Digest, path: ImagePath, sizeBytes: Int)
    /// A file of a model whose bytes are not part of the model, such as a program; only its recorded size is known.
    ///
    /// `of` is where the image or package that it comes from has it: what it is, under whatever name it was copied since; nil where
    /// the name says no more than the path does.
    case modelled(sizeBytes: Int, of: ImagePath? = nil)
    /// The engine does not know what the file holds, or whether it is there at all.
    case unknown(Unknown)

    /// The size in bytes; nil when it is not known.
    public var sizeBytes: Int? {
        switch self {
        case .bytes(let bytes): bytes.count
        case .stored(_, _, let sizeBytes), .modelled(let sizeBytes, _): sizeBytes
        case .unknown: nil
        }
    }
}
