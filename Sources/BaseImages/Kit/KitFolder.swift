// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Synchronization

/// The folder `kit/`: reads its files, each at most once; and folders of the same shape that add images to it.
///
/// An addition's index and table of digests follow those of the kit, so that its images are taken for the names that both have. Its
/// other files are looked for where the kit has none: what the kit's images rest on, nobody replaces.
///
/// What is not there is an error of `records(_:)`, and nothing at all for `optionalRecords(_:)`: facts that cannot be read are
/// unknown facts.
final class KitFolder: Sendable {
    /// The folder's path on the host.
    let root: String
    /// Folders that add images.
    let additions: [String]
    private let files = Mutex<[String: [KitRecord]]>([:])

    /// How large a file may be.
    static let maximalBytes = 64 << 20
    /// The files of which every folder has its own, one behind the other.
    private static let tables: Set<String> = ["images", "models"]

    /// Names the folders; nothing is read yet.
    init(root: String, additions: [String] = []) {
        self.root = root
        self.additions = additions
    }

    /// The records of a file, by its path below the folder and without `.kit`, such as `trees/debian-12`.
    ///
    /// - Throws: `noInput` when there is no such file, `malformedInput` when the name is none of ours.
    func records(_ name: String) throws -> [KitRecord] {
        if let known = files.withLock({ $0[name] }) { return known }
        guard Self.isName(name) else {
            throw Failure(.malformedInput, "the kit has no file of that name", at: .name(name))
        }
        let folders = Self.isOwn(name) ? [root] : [root] + additions
        var records = folders.lazy.compactMap { Self.read($0, name) }.first
        if Self.tables.contains(name), records != nil {
            records?.append(contentsOf: additions.compactMap { Self.read($0, name) }.joined())
        }
        guard let records else {
            throw Failure(
                .noInput,
                "a file of the base image kit cannot be read",
                at: .file(root + "/" + name + ".kit"),
                fix: "Install Seaworthy's content again, or run it from its checkout."
            )
        }
        files.withLock { $0[name] = records }
        return records
    }

    /// Whether only the kit itself has such a file: its facts and its tables.
    private static func isOwn(_ name: String) -> Bool {
        !["images/", "trees/", "packages/"].contains { name.hasPrefix($0) }
    }

    private static func read(_ folder: String, _ name: String) -> [KitRecord]? {
        let path = folder + "/" + name + ".kit"
        guard let data = FileManager.default.contents(atPath: path), data.count <= maximalBytes else { return nil }
        return KitRecord.read([UInt8](data))
    }

    /// Whether there is a file of that name.
    func has(_ name: String) -> Bool {
        Self.isName(name)
            && ([root] + additions).contains { FileManager.default.fileExists(atPath: $0 + "/" + name + ".kit") }
    }

    /// The records of a file; none when it cannot be read.
    func optionalRecords(_ name: String) -> [KitRecord] {
        (try? records(name)) ?? []
    }

    /// Whether a name is made of lower-case letters, digits, `.`, `-`, `_`, `+` and single `/`, and no part begins with a dot.
    static func isName(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 200 else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.utf8.first, first != UInt8(ascii: ".") else { return false }
            return part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"): true
                default: false
                }
            }
        }
    }
}
