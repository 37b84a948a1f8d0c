// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles

/// A folder for one test, taken away when nobody refers to it any more.
public final class ScratchFolder: Sendable {
    /// The folder's absolute path.
    public let path: String

    /// Makes an empty folder among the system's temporary files.
    public init() throws {
        path = (NSTemporaryDirectory() as NSString).appendingPathComponent("seaworthy-test-\(UUID().uuidString)")
        try HostFile.makeFolder(path)
    }

    deinit { HostFile.remove(path) }

    /// The path of something in the folder.
    public func path(_ name: String) -> String { path + "/" + name }

    /// Writes a file, with the folders above it, and gives its path.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = path(name)
        try HostFile.makeFolder(HostFile.folder(of: file))
        try HostFile.writeAtomically(bytes, to: file, durable: false)
        return file
    }

    /// Writes a text file, with the folders above it, and gives its path.
    @discardableResult
    public func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    /// The bytes of a file in the folder.
    public func read(_ name: String) throws -> [UInt8] { try HostFile.read(path(name), limit: 1 << 30) }

    /// All that is below the folder, sorted: to show that nothing was left behind.
    public func listing() throws -> [String] { try HostFile.walk(path, limits: .standard).map(\.path) }
}
