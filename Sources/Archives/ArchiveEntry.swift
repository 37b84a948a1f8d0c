// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header"; APPNOTE.TXT for zip.

/// One member of an archive, without its data.
public struct ArchiveEntry: Sendable, Hashable {
    /// The path as the archive writes it: raw bytes, not normalised, not checked.
    ///
    /// Zips are the exception: libarchive may compose letters there (NFC), and replaces bytes that are not UTF-8, with a note.
    public let path: [UInt8]
    /// What it is.
    public let kind: Kind
    /// Permission bits with setuid, setgid and sticky, 0 to 0o7777.
    public let mode: UInt16
    /// The owner's number; beyond 32 bits it is `UInt32.max`, never a small number by wrapping.
    public let uid: UInt32
    /// The group's number, with the same rule.
    public let gid: UInt32
    /// The owner's name as the archive has it; nil when it has none.
    public let userName: String?
    /// The group's name as the archive has it; nil when it has none.
    public let groupName: String?
    /// The size in bytes that the header claims; 0 for what is no file.
    public let sizeBytes: Int
    /// Seconds since 1970.
    public let modificationTime: Int
    /// What was unusual about the header; nil when nothing.
    public let note: String?

    /// An entry of root's, at the beginning of 1970; of the mode only permission bits, setuid, setgid and sticky count.
    public init(
        path: [UInt8],
        kind: Kind,
        mode: UInt16,
        uid: UInt32 = 0,
        gid: UInt32 = 0,
        userName: String? = nil,
        groupName: String? = nil,
        sizeBytes: Int = 0,
        modificationTime: Int = 0,
        note: String? = nil
    ) {
        self.path = path
        self.kind = kind
        self.mode = mode & 0o7777
        self.uid = uid
        self.gid = gid
        self.userName = userName
        self.groupName = groupName
        self.sizeBytes = sizeBytes
        self.modificationTime = modificationTime
        self.note = note
    }

    /// The path as text, for messages; bytes that are not UTF-8 become U+FFFD.
    public var displayPath: String { String(decoding: path, as: UTF8.self) }
}

extension ArchiveEntry {
    /// The path as text, read by the code pages of zips where it is not UTF-8.
    package var decodedPath: String { ForeignName.text(path) }

    /// The same entry with its names as UTF-8.
    var decoded: ArchiveEntry {
        let kind: Kind =
            switch self.kind {
            case .symlink(let target): .symlink(target: ForeignName.utf8(target))
            case .hardLink(let target): .hardLink(target: ForeignName.utf8(target))
            case .file, .directory, .character, .block, .fifo, .socket: self.kind
            }
        return with(path: ForeignName.utf8(path), kind: kind)
    }

    /// The same entry but for what is given.
    func with(path: [UInt8]? = nil, kind: Kind? = nil, sizeBytes: Int? = nil) -> ArchiveEntry {
        ArchiveEntry(
            path: path ?? self.path,
            kind: kind ?? self.kind,
            mode: mode,
            uid: uid,
            gid: gid,
            userName: userName,
            groupName: groupName,
            sizeBytes: sizeBytes ?? self.sizeBytes,
            modificationTime: modificationTime,
            note: note
        )
    }

    /// What a member is. Link targets are raw bytes as the archive writes them.
    public enum Kind: Sendable, Hashable {
        case file
        case directory
        case symlink(target: [UInt8])
        case hardLink(target: [UInt8])
        case character(major: UInt32, minor: UInt32)
        case block(major: UInt32, minor: UInt32)
        case fifo
        case socket
    }
}

/// Why a path of an archive is not one that stays below the folder it is unpacked into.
public enum PathHazard: String, Sendable, Hashable, CaseIterable {
    case empty, absolute, climbs, holdsNUL

    /// Looks at raw bytes; nil when they are harmless. `.` components and doubled slashes are.
    public init?(_ path: [UInt8]) {
        if path.isEmpty {
            self = .empty
        } else if path.contains(0) {
            self = .holdsNUL
        } else if path.first == 0x2F {
            self = .absolute
        } else if path.split(separator: 0x2F).contains(where: { $0.elementsEqual([0x2E, 0x2E]) }) {
            self = .climbs
        } else {
            return nil
        }
    }

    /// The reason in words, to go behind the path.
    public var reason: String {
        switch self {
        case .empty: "the path is empty"
        case .absolute: "the path is absolute"
        case .climbs: "the path climbs with .."
        case .holdsNUL: "the path holds a NUL byte"
        }
    }
}
