// SPDX-License-Identifier: Apache-2.0

public import Archives

/// A layer for a test: entries in the order in which they stand in the tar.
public struct TestLayer: Sendable, ExpressibleByDictionaryLiteral {
    /// The entries with their bytes.
    public var entries: [(entry: ArchiveEntry, data: [UInt8])]

    /// What a test says about a file.
    public struct File: Sendable {
        var kind: ArchiveEntry.Kind
        var data: [UInt8]
        var mode: UInt16
        var uid: UInt32
        var gid: UInt32

        /// A file with text in it.
        public static func text(_ text: String, mode: UInt16 = 0o644, uid: UInt32 = 0, gid: UInt32 = 0) -> File {
            File(kind: .file, data: Array(text.utf8), mode: mode, uid: uid, gid: gid)
        }
        /// A file with bytes in it.
        public static func bytes(_ data: [UInt8], mode: UInt16 = 0o644, uid: UInt32 = 0, gid: UInt32 = 0) -> File {
            File(kind: .file, data: data, mode: mode, uid: uid, gid: gid)
        }
        /// A folder.
        public static func folder(mode: UInt16 = 0o755, uid: UInt32 = 0, gid: UInt32 = 0) -> File {
            File(kind: .directory, data: [], mode: mode, uid: uid, gid: gid)
        }
        /// A symbolic link.
        public static func symlink(_ target: String) -> File {
            File(kind: .symlink(target: Array(target.utf8)), data: [], mode: 0o777, uid: 0, gid: 0)
        }
        /// Another name of a file; the target as a tar writes it.
        public static func hardLink(_ target: String) -> File {
            File(kind: .hardLink(target: Array(target.utf8)), data: [], mode: 0o644, uid: 0, gid: 0)
        }
        /// A character device.
        public static func device(major: UInt32, minor: UInt32) -> File {
            File(kind: .character(major: major, minor: minor), data: [], mode: 0o666, uid: 0, gid: 0)
        }
        /// An empty file, as whiteouts are.
        public static var whiteout: File { File(kind: .file, data: [], mode: 0, uid: 0, gid: 0) }
    }

    /// Paths as the tar writes them, with what stands there, in this order.
    public init(_ files: [(String, File)]) {
        entries = files.map { path, file in
            (
                ArchiveEntry(
                    path: Array(path.utf8),
                    kind: file.kind,
                    mode: file.mode,
                    uid: file.uid,
                    gid: file.gid,
                    sizeBytes: file.data.count
                ), file.data
            )
        }
    }

    /// Paths as the tar writes them, with what stands there, in this order.
    public init(dictionaryLiteral elements: (String, File)...) { self.init(elements) }

    /// The layer as a tar.
    public func tar() throws -> [UInt8] { try TestArchive.tar(entries) }
}

/// Archives for tests, hostile ones included.
public enum TestArchive {
    /// A tar of these entries, in this order, whatever their paths are.
    public static func tar(_ entries: [(entry: ArchiveEntry, data: [UInt8])], compression: Compression = .none) throws
        -> [UInt8]
    {
        let sink = MemorySink()
        let writer = try TarWriter(to: sink, compression: compression)
        for (entry, data) in entries { try writer.add(entry, data) }
        _ = try writer.finish()
        return sink.bytes
    }

    /// A tar of files.
    public static func tar(_ layer: TestLayer, compression: Compression = .none) throws -> [UInt8] {
        try tar(layer.entries, compression: compression)
    }

    /// Bytes in compressed form.
    public static func compress(_ bytes: [UInt8], _ compression: Compression) throws -> [UInt8] {
        guard compression != .none else { return bytes }
        let sink = MemorySink()
        let compressor = try Compressor(compression, to: sink)
        try compressor.write(bytes)
        try compressor.finish()
        return sink.bytes
    }

    /// A compressed file that expands to so many zeros.
    public static func bomb(expandedBytes: Int, _ compression: Compression = .gzip) throws -> [UInt8] {
        let sink = MemorySink()
        let compressor = try Compressor(compression, to: sink)
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        var left = expandedBytes
        while left > 0 {
            try compressor.write(Array(zeros.prefix(left)))
            left -= min(left, zeros.count)
        }
        try compressor.finish()
        return sink.bytes
    }

    /// Layers that try to get out, each with what it tries.
    public static let climbing: [(name: String, layer: TestLayer)] = [
        ("climbs in front", ["../evil": .text("x")]),
        ("climbs in the middle", ["a/../../evil": .text("x")]),
        ("climbs at the end", ["a/..": .folder()]),
        ("climbs behind a dot", ["./../evil": .text("x")]),
        ("is absolute", ["/evil": .text("x")]),
        ("is absolute with two slashes", ["//evil": .text("x")]),
        ("writes through a link", ["out": .symlink(".."), "out/evil": .text("x")]),
        ("writes through an absolute link", ["out": .symlink("/tmp"), "out/evil": .text("x")]),
        ("hard link climbs", ["evil": .hardLink("../../etc/passwd")]),
        ("hard link is absolute", ["evil": .hardLink("/etc/passwd")]),
        ("device", ["evil": .device(major: 1, minor: 3)]),
    ]

    /// Copies of a tar that end too early: within a header, within data, within padding.
    public static func truncations(of tar: [UInt8], count: Int = 16) -> [[UInt8]] {
        guard tar.count > count else { return [] }
        return (1...count).map { Array(tar.prefix(tar.count * $0 / (count + 1))) }
    }
}
