// SPDX-License-Identifier: Apache-2.0

public import Archives
import Diagnostics
public import HostFiles

/// The files of a folder as they were at one moment: each is read once and digested as it is read, and who judges the folder
/// judges what was read. So a digest never speaks of other bytes than the judgement does, whoever writes in the folder meanwhile.
public struct WorkFiles: Sendable {
    /// The folder on the host, for messages.
    public let place: String
    /// All that is in it, folders before what they hold, sorted by the bytes of the names; no link was followed.
    public let entries: [Entry]
    private let index: [String: Int]

    /// Something in the folder.
    public struct Entry: Sendable {
        /// The path below the folder, parts joined by `/`.
        public let path: String
        /// What it is.
        public let kind: HostFile.Kind
        /// Permission bits with setuid, setgid and sticky.
        public let mode: UInt16
        /// Seconds since 1970.
        public let modificationTime: Int
        /// How many bytes were read; 0 for what is no file.
        public let sizeBytes: Int
        /// The target of a symbolic link as written; nil for anything else.
        public let linkTarget: String?
        /// The digest of a file's bytes, as `sha256:…`; nil for anything else, and where none was asked for.
        public let digest: String?
        /// The bytes of a file; nil for anything else, and where none were kept.
        let content: ByteSource?
    }

    init(place: String, entries: [Entry]) {
        self.place = place
        self.entries = entries
        index = Dictionary(entries.indices.map { (entries[$0].path, $0) }) { first, _ in first }
    }

    /// One file as a folder of its own.
    ///
    /// - Parameters:
    ///   - file: the file, which nobody else writes.
    ///   - place: the folder that messages name.
    public init(_ file: OpenFile, named name: String, place: String) {
        let entry = Entry(
            path: name,
            kind: .file,
            mode: 0o644,
            modificationTime: 0,
            sizeBytes: file.sizeBytes,
            linkTarget: nil,
            digest: nil,
            content: .file(file)
        )
        self.init(place: place, entries: [entry])
    }
}

extension WorkFiles {
    /// What stands at a path; nil when nothing does.
    public subscript(path: String) -> Entry? { index[path].map { entries[$0] } }

    /// What stands directly in a folder; at the top of all for an empty path.
    public func top(of folder: String = "") -> [Entry] {
        let prefix = folder.isEmpty ? "" : folder + "/"
        return entries.filter { $0.path.hasPrefix(prefix) && !$0.path.dropFirst(prefix.count).contains("/") }
    }

    /// The files of a folder within this one; the whole for an empty path.
    public func folder(_ path: String) -> WorkFiles {
        guard !path.isEmpty else { return self }
        let prefix = path + "/"
        let inner = entries.filter { $0.path.hasPrefix(prefix) }.map {
            $0.moved(to: String($0.path.dropFirst(prefix.count)))
        }
        return WorkFiles(place: place + "/" + path, entries: inner)
    }

    /// These files with others laid over them: what the others name replaces what stands there, the rest stays.
    public func overlaid(with others: WorkFiles) -> WorkFiles {
        let kept = entries.filter { others[$0.path] == nil }
        return WorkFiles(place: place, entries: Self.sorted(kept + others.entries))
    }

    /// The bytes of a file.
    ///
    /// - Throws: a `Failure`: `noInput` when there is no such file, `overLimit`.
    public func bytes(of path: String, limit: Int) throws -> [UInt8] {
        let source = try content(of: path)
        guard source.sizeBytes <= limit else {
            throw Failure(
                .overLimit,
                "the file is too large",
                at: .file(path),
                why: "\(source.sizeBytes) bytes, at most \(limit) are taken"
            )
        }
        return try source.readAll(limit: limit)
    }

    /// A file, open for reading, for readers of archives.
    ///
    /// - Parameter name: what messages call it.
    /// - Throws: a `Failure`: `noInput` when there is no such file.
    public func open(_ path: String, as name: String) throws -> OpenFile {
        let copy = try TemporaryFile.anonymous()
        try copy.write(try content(of: path).stream())
        return try copy.openForReading(as: name)
    }

    /// The bytes of a file as a source that can be read again.
    ///
    /// - Throws: a `Failure`: `noInput` when there is no such file.
    public func content(of path: String) throws -> ByteSource {
        guard let content = self[path]?.content else {
            throw Failure(.noInput, "there is no such file", at: .file(path))
        }
        return content
    }

    /// The file that a path leads to, through links that stay in the folder; nil when it leads to none.
    public func resolvedFile(_ path: String) -> String? {
        var hopsLeft = 40
        var found: [Substring] = []
        var left = path.split(separator: "/").reversed() as [Substring]
        while let part = left.popLast() {
            if part == "." { continue }
            if part == ".." {
                guard found.popLast() != nil else { return nil }
                continue
            }
            guard let entry = self[(found + [part]).joined(separator: "/")] else { return nil }
            guard entry.kind == .symlink else {
                found.append(part)
                continue
            }
            hopsLeft -= 1
            guard hopsLeft > 0, var target = entry.linkTarget?[...] else { return nil }
            if target.hasPrefix("/") {
                guard target.hasPrefix(place + "/") else { return nil }
                target = target.dropFirst(place.count + 1)
                found = []
            }
            left += target.split(separator: "/").reversed()
        }
        let name = found.joined(separator: "/")
        return self[name]?.kind == .file ? name : nil
    }
}
