// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Synchronization

/// The folder `kit/`: reads its files, each at most once.
///
/// What is not there is an error of `records(_:)`, and nothing at all for `optionalRecords(_:)`: facts that cannot be read are
/// unknown facts.
final class KitFolder: Sendable {
    /// The folder's path on the host.
    let root: String
    private let files = Mutex<[String: [KitRecord]]>([:])

    /// Names the folder; nothing is read yet.
    init(root: String) {
        self.root = root
    }

    /// The records of a file, by its path below the folder and without `.kit`, such as `trees/debian-12`.
    ///
    /// - Throws: `noInput` when there is no such file, `malformedInput` when the name is none of ours.
    func records(_ name: String) throws -> [KitRecord] {
        if let known = files.withLock({ $0[name] }) { return known }
        let path = root + "/" + name + ".kit"
        guard Self.isName(name) else {
            throw Failure(.malformedInput, "the kit has no file of that name", at: .name(name))
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .noInput,
                "a file of the base image kit cannot be read",
                at: .file(path),
                fix: "Install Seaworthy's content again, or run it from its checkout."
            )
        }
        let records = KitRecord.read([UInt8](data))
        files.withLock { $0[name] = records }
        return records
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
