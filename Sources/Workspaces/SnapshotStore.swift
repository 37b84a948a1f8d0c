// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import JSONValues

/// Copies of workspaces, kept under the data home by content: equal files are stored once.
///
/// Shape: `objects/ab/<64 digits>` holds a file's bytes, `states/<64 digits>.json` a `WorkspaceState`; each is named by the
/// SHA-256 of its own bytes and written by temporary file and rename. Nothing in it is ever changed.
public struct SnapshotStore: Sendable {
    /// The folder that holds it all.
    public let path: String

    /// Names the store's folder; it is made when the first thing is written.
    public init(path: String) { self.path = path }

    /// The name of a stored state: the digest of its JSON.
    public typealias ID = String

    /// Stores a state whose files are all stored.
    func add(_ state: WorkspaceState) throws -> ID {
        let bytes = try Self.json(state)
        let id = ContentHasher.digest(of: bytes)
        let states = try folder(Array("states".utf8))
        let name = Self.hex(of: id) + Array(".json".utf8)
        if try states.status(name) == nil {
            try states.replaceFile(name, mode: 0o600, with: bytes)
            try states.synchronize()
        }
        return id
    }

    /// Reads a stored state again.
    ///
    /// - Throws: `noInput` when there is none of that name, `malformedInput` when its bytes are not what the name says.
    public func state(_ id: ID) throws -> WorkspaceState {
        guard Self.isDigest(id) else { throw Failure(.malformedInput, "not the name of a snapshot", at: .name(id)) }
        let states = try folder(Array("states".utf8))
        let name = Self.hex(of: id) + Array(".json".utf8)
        let bytes = try states.contents(name, limit: 1 << 30)
        guard ContentHasher.digest(of: bytes) == id else { throw Self.damaged(states.place(of: name)) }
        do {
            return try JSONReader.decode(WorkspaceState.self, from: bytes, limits: .own)
        } catch {
            throw Failure(
                .malformedInput,
                "the snapshot cannot be read",
                at: .file(states.place(of: name)),
                cause: error
            )
        }
    }

    /// Stores when each entry of a state was changed last, as a file of its own: equal states have one name, whenever they were made.
    ///
    /// - Returns: the digest of the list.
    func add(_ times: [WorkspacePath: FileTime]) throws -> String {
        var list: [String: String] = [:]
        for (path, time) in times { list[path.description] = "\(time.seconds).\(time.nanoseconds)" }
        let bytes = try Self.json(list)
        let digest = ContentHasher.digest(of: bytes)
        if try !hasObject(digest) { try addObject(digest) { write in try write(bytes[...]) } }
        return digest
    }

    /// Reads a stored list of times; empty where it cannot be read, for then the files come back with the time of today.
    func times(_ digest: String) -> [WorkspacePath: FileTime] {
        guard let bytes = try? contents(of: digest, limit: 256 << 20),
            let list = try? JSONReader.decode([String: String].self, from: bytes, limits: .own)
        else { return [:] }
        var times: [WorkspacePath: FileTime] = [:]
        for (text, written) in list {
            let parts = written.split(separator: ".").compactMap { Int($0) }
            guard parts.count == 2, (0..<1_000_000_000).contains(parts[1]),
                let path = EscapedBytes.bytes(of: text).flatMap({ try? WorkspacePath($0) })
            else { continue }
            times[path] = FileTime(seconds: parts[0], nanoseconds: parts[1])
        }
        return times
    }

    /// The bytes of a stored file.
    ///
    /// - Throws: `overLimit` when there are more than `limit`; else as `state(_:)`.
    public func contents(of digest: String, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try readObject(digest) { piece in
            guard piece.count <= limit - bytes.count else {
                throw Failure(.overLimit, "the file is larger than \(limit) bytes", at: .name(digest))
            }
            bytes += piece
        }
        return bytes
    }

    /// Whether a file's bytes are stored.
    func hasObject(_ digest: String) throws -> Bool {
        let group = try objectFolder(digest)
        return try group.status(Self.hex(of: digest))?.kind == .file
    }

    /// Stores bytes that hash to the digest.
    func addObject(_ digest: String, _ fill: ((ArraySlice<UInt8>) throws -> Void) throws -> Void) throws {
        let group = try objectFolder(digest)
        try group.replaceFile(Self.hex(of: digest), mode: 0o600, fill)
        try group.synchronize()
    }

    /// Stores a file that was hashed before, and makes sure that it still has the same bytes.
    func addObject(_ digest: String, copying name: [UInt8], from folder: borrowing OpenFolder) throws {
        let group = try objectFolder(digest)
        let place = folder.place(of: name)
        let file = Self.hex(of: digest)
        var hasher = ContentHasher()
        // The check stands inside, so that wrong bytes never get the name.
        try Self.copy(from: folder, name: name, to: group, file: file) { piece in
            hasher.update(piece)
        } check: {
            guard hasher.finish() == digest else {
                throw Failure(
                    .inputOutput,
                    "the file changed while it was read",
                    at: .file(place),
                    fix: "Wait until nothing writes to it and run the command again."
                )
            }
        }
        try group.synchronize()
    }

    /// Reads a stored file piece by piece and checks it at the end.
    func readObject(_ digest: String, _ take: (ArraySlice<UInt8>) throws -> Void) throws {
        guard Self.isDigest(digest) else { throw Failure(.malformedInput, "not a digest", at: .name(digest)) }
        let group = try objectFolder(digest)
        var hasher = ContentHasher()
        try group.read(Self.hex(of: digest)) { piece in
            hasher.update(piece)
            try take(piece)
        }
        guard hasher.finish() == digest else { throw Self.damaged(group.place(of: Self.hex(of: digest))) }
    }

    /// Sorted keys, so that the same state has the same name everywhere.
    static func json(_ value: some Encodable) throws -> [UInt8] {
        try JSONWriter.bytes(of: value, .indented) + [UInt8(ascii: "\n")]
    }

    private static func copy(
        from folder: borrowing OpenFolder,
        name: [UInt8],
        to group: borrowing OpenFolder,
        file: [UInt8],
        piece: (ArraySlice<UInt8>) -> Void,
        check: () throws -> Void
    ) throws {
        // A borrowed folder cannot be captured by an escaping closure; these do not escape.
        let source = try folder.reopened()
        try group.replaceFile(file, mode: 0o600) { write in
            try source.read(name) { bytes in
                piece(bytes)
                try write(bytes)
            }
            try check()
        }
    }

    private func objectFolder(_ digest: String) throws -> OpenFolder {
        let objects = try folder(Array("objects".utf8))
        let group = Array(Self.hex(of: digest).prefix(2))
        try objects.makeFolder(group, mode: 0o700)
        return try objects.folder(group)
    }

    private func folder(_ name: [UInt8]) throws -> OpenFolder {
        let root = try OpenFolder(making: path, mode: 0o700)
        try root.makeFolder(name, mode: 0o700)
        return try root.folder(name)
    }

    private static func hex(of digest: String) -> [UInt8] { Array(digest.utf8.dropFirst("sha256:".utf8.count)) }

    private static func isDigest(_ text: String) -> Bool {
        text.hasPrefix("sha256:") && hex(of: text).count == 64
            && hex(of: text).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func damaged(_ place: String) -> Failure {
        Failure(
            .malformedInput,
            "the stored copy is damaged",
            at: .file(place),
            why: "its bytes do not have the digest in its name",
            fix: "Remove that file; the next snapshot writes it again if the workspace still has it."
        )
    }
}
