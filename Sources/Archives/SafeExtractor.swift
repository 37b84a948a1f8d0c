// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import HostFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Unpacks an archive below a folder, and nowhere else.
///
/// Every component of every path is opened relative to the folder above it, and no link is followed on the way; nothing that is
/// there is overwritten. Owners, setuid, setgid and sticky bits and times are not taken over.
public struct SafeExtractor: Sendable {
    /// What to do about entries that are refused.
    public enum Strictness: Sendable, Hashable {
        /// Unpack the others and report the refused ones.
        case skipsRefused
        /// Unpack the others and report links, devices, pipes and sockets that are refused; a path that climbs or is absolute
        /// is a `Failure` (`hostileInput`), for nobody writes one by accident.
        case skipsRefusedSpecials
        /// Unpack nothing at all: the first refused entry is a `Failure` (`hostileInput`).
        case allOrNothing
    }

    /// An entry that was not unpacked.
    public struct Refusal: Sendable, Hashable {
        /// The path as the archive writes it.
        public let path: [UInt8]
        /// Why, in words to go behind the path.
        public let reason: String

        /// The path as text.
        public var displayPath: String { String(decoding: path, as: UTF8.self) }
    }

    /// What came of it.
    public struct Report: Sendable, Hashable {
        /// How many entries were unpacked.
        public var writtenCount = 0
        /// The bytes of all files together.
        public var writtenBytes = 0
        /// The entries that were not, in the archive's order.
        public var refused: [Refusal] = []
    }

    private let limits: Limits
    private let strictness: Strictness
    private let keepsOuterLinks: Bool
    private let decodesNames: Bool

    /// Sets how much may come out and what refusals lead to.
    ///
    /// - Parameters:
    ///   - keepsOuterLinks: whether symbolic links that lead out of the folder are made as well. Nothing is ever written
    ///     through one; who reads the folder later has to mind them, as in every image's filesystem.
    ///   - decodesNames: whether names that are not UTF-8 are read by the code pages that zips are written in; else they are
    ///     refused.
    public init(
        limits: Limits,
        strictness: Strictness = .allOrNothing,
        keepsOuterLinks: Bool = false,
        decodesNames: Bool = false
    ) {
        self.limits = limits
        self.strictness = strictness
        self.keepsOuterLinks = keepsOuterLinks
        self.decodesNames = decodesNames
    }

    /// Unpacks into a folder that is not there yet: first into a hidden one beside it, which gets the name when all went well.
    ///
    /// - Throws: a `Failure`: `cannotCreate` when the folder is there already, `hostileInput` for a refused entry (when all or
    ///   nothing is asked), `overLimit`, `malformedInput`. Nothing is left behind then.
    public func extract(_ reader: ArchiveReader, toNewFolder path: String) throws -> Report {
        try HostFile.requireAbsent(path)
        let parent = HostFile.folder(of: path)
        var template = Array((parent + "/.seaworthy-XXXXXX").utf8CString)
        guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) != nil else {
            throw Failure.posix("cannot create a folder", at: parent, creating: true)
        }
        let hidden = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            let report = try extract(reader, intoFolder: hidden)
            chmod(hidden, 0o755)
            guard rename(hidden, path) == 0 else {
                throw Failure.posix("cannot create the folder", at: path, creating: true)
            }
            return report
        } catch {
            HostFile.remove(hidden)
            throw error
        }
    }

    /// Unpacks into a folder that is there; what was unpacked before an error stays.
    public func extract(_ reader: ArchiveReader, intoFolder folder: String) throws -> Report {
        let root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw Failure.posix("cannot open the folder", at: folder) }
        defer { close(root) }
        var report = Report()
        while let member = try reader.next() {
            let entry = decodesNames ? member.decoded : member
            do throws(Refused) {
                let count = try unpack(entry, reader, root: root)
                report.writtenCount += 1
                report.writtenBytes += count
            } catch {
                switch error {
                case .failure(let failure): throw failure
                case .reason(let reason):
                    guard skips(entry) else {
                        throw Failure(
                            .hostileInput,
                            "the archive holds an entry that is not unpacked",
                            at: .entry(entry.displayPath, of: reader.place.description),
                            why: reason
                        )
                    }
                    report.refused.append(Refusal(path: entry.path, reason: reason))
                }
            }
        }
        return report
    }

    /// Whether an entry that is refused is left out, and not the end of all.
    private func skips(_ entry: ArchiveEntry) -> Bool {
        switch strictness {
        case .skipsRefused: true
        case .allOrNothing: false
        case .skipsRefusedSpecials:
            switch entry.kind {
            case .file, .directory: false
            case .symlink, .hardLink, .character, .block, .fifo, .socket: PathHazard(entry.path) == nil
            }
        }
    }

    private enum Refused: Error {
        case reason(String)
        case failure(any Error)
    }

    private func unpack(_ entry: ArchiveEntry, _ reader: ArchiveReader, root: Int32) throws(Refused) -> Int {
        if let hazard = PathHazard(entry.path) { throw .reason(hazard.reason) }
        guard isUTF8(entry.path) else { throw .reason("the path is not UTF-8") }
        let components = Self.components(entry.path)
        guard let name = components.last else { return 0 }
        let parent = try Self.openFolder(components.dropLast(), root: root)
        defer { close(parent) }
        switch entry.kind {
        case .directory:
            try Self.makeFolder(name, in: parent, mode: entry.mode)
            return 0
        case .file:
            return try Self.writeFile(name, in: parent, entry, reader)
        case .symlink(let target):
            if let hazard = Self.linkHazard(target, from: components.dropLast(), mayLeaveFolder: keepsOuterLinks) {
                throw .reason(hazard)
            }
            guard symlinkat(String(decoding: target, as: UTF8.self), parent, name) == 0 else { throw Self.refusal() }
            return 0
        case .hardLink(let target):
            if let hazard = PathHazard(target) { throw .reason("the link's target: " + hazard.reason) }
            let parts = Self.components(target)
            guard let targetName = parts.last else { throw .reason("the link's target is empty") }
            let targetParent = try Self.openFolder(parts.dropLast(), root: root, creates: false)
            defer { close(targetParent) }
            var status = stat()
            guard fstatat(targetParent, targetName, &status, AT_SYMLINK_NOFOLLOW) == 0,
                status.st_mode & S_IFMT == S_IFREG
            else { throw .reason("the link's target is no file of the archive") }
            guard linkat(targetParent, targetName, parent, name, 0) == 0 else { throw Self.refusal() }
            return 0
        case .character, .block: throw .reason("it is a device")
        case .fifo: throw .reason("it is a named pipe")
        case .socket: throw .reason("it is a socket")
        }
    }

    private static func components(_ path: [UInt8]) -> [String] {
        path.split(separator: 0x2F).filter { !$0.elementsEqual([0x2E]) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Opens a folder below the root one component at a time, making what is missing; a link on the way is refused.
    private static func openFolder(
        _ components: ArraySlice<String>,
        root: Int32,
        creates: Bool = true
    ) throws(Refused) -> Int32 {
        var current = dup(root)
        guard current >= 0 else { throw .failure(Failure.posix("cannot open the folder", at: ".")) }
        for name in components {
            if creates { _ = mkdirat(current, name, 0o755) }
            let next = openat(current, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            let number = errno
            close(current)
            guard next >= 0 else {
                errno = number
                throw refusal("\(name) on the way is a link or no folder")
            }
            current = next
        }
        return current
    }

    private static func makeFolder(_ name: String, in parent: Int32, mode: UInt16) throws(Refused) {
        // The owner keeps the right to write, or the folder's own entries could not follow.
        guard mkdirat(parent, name, mode_t(mode & 0o777 | 0o700)) != 0 else { return }
        var status = stat()
        guard errno == EEXIST, fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT == S_IFDIR
        else { throw refusal() }
    }

    private static func writeFile(
        _ name: String,
        in parent: Int32,
        _ entry: ArchiveEntry,
        _ reader: ArchiveReader
    ) throws(Refused) -> Int {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = openat(parent, name, flags, mode_t(entry.mode & 0o777 | 0o600))
        guard descriptor >= 0 else { throw refusal() }
        defer { close(descriptor) }
        var size = entry.sizeBytes
        do {
            try reader.readBlocks { bytes, offset in
                size = max(size, offset + bytes.count)
                var done = 0
                while done < bytes.count {
                    let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                    let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
                    if count > 0 {
                        done += count
                    } else if errno != EINTR {
                        throw Failure.posix("cannot write the file", at: entry.displayPath)
                    }
                }
            }
            // The end of a sparse file may be a hole.
            guard ftruncate(descriptor, off_t(size)) == 0 else {
                throw Failure.posix("cannot write the file", at: entry.displayPath)
            }
        } catch {
            throw .failure(error)
        }
        return size
    }

    /// Why a symbolic link cannot be made, or would lead out of the folder; nil when it stays inside by the letters of its
    /// target.
    private static func linkHazard(
        _ target: [UInt8],
        from folder: ArraySlice<String>,
        mayLeaveFolder: Bool
    ) -> String? {
        if target.isEmpty { return "the link has no target" }
        if target.contains(0) { return "the link's target holds a NUL byte" }
        guard isUTF8(target) else { return "the link's target is not UTF-8" }
        if mayLeaveFolder { return nil }
        if target.first == 0x2F { return "the link's target is absolute" }
        var depth = folder.count
        var wentDown = false
        for part in target.split(separator: 0x2F) where !part.elementsEqual([0x2E]) {
            guard part.elementsEqual([0x2E, 0x2E]) else {
                wentDown = true
                continue
            }
            // Behind a name, `..` goes up from wherever another link leads: nothing can be promised then.
            if wentDown { return "the link's target climbs behind a name" }
            depth -= 1
            if depth < 0 { return "the link leads out of the folder" }
        }
        return nil
    }

    private static func refusal(_ reason: String? = nil) -> Refused {
        switch errno {
        case EEXIST: .reason("something of that name is there already")
        case ELOOP, ENOTDIR: .reason(reason ?? "a link or a file stands on the way")
        case ENAMETOOLONG: .reason("the name is too long")
        case ENOENT: .reason("its folder is not there")
        case EINVAL, EILSEQ: .reason("the name is not one that this system takes")
        default: .failure(Failure.posix("cannot unpack an entry", at: ".", creating: true))
        }
    }
}
