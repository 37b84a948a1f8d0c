// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import Synchronization

/// A store in memory, which counts what is kept.
final class MemoryStore: BaseImageStore {
    private let state = Mutex(State())

    private struct State {
        var blobs: [Digest: [UInt8]] = [:]
        var images: [ImageReference: BaseImage] = [:]
        var keptCount = 0
    }

    var keptCount: Int { state.withLock { $0.keptCount } }

    func add(_ image: BaseImage, as reference: ImageReference) { state.withLock { $0.images[reference] = image } }

    func remove(_ digest: Digest) { state.withLock { $0.blobs[digest] = nil } }

    func replace(_ digest: Digest, _ bytes: [UInt8]) { state.withLock { $0.blobs[digest] = bytes } }

    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? {
        state.withLock { $0.images[reference.withDefaultTag] }
    }

    func holds(_ digest: Digest) -> Bool { state.withLock { $0.blobs[digest] != nil } }

    func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool { ([manifest] + blobs).allSatisfy { holds($0) } }

    func blob(_ digest: Digest) throws -> [UInt8] {
        guard let bytes = state.withLock({ $0.blobs[digest] }) else { throw Failure(.noInput, "no such blob") }
        return bytes
    }

    func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws {
        state.withLock { state in
            for blob in blobs { state.blobs[blob.descriptor.digest] = blob.bytes }
            state.keptCount += 1
        }
    }
}

/// The kit of the checkout, with one store for all tests of a suite.
struct KitFixture {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("kit").path

    let store = MemoryStore()
    let kit: BaseImageKit

    init() { kit = BaseImageKit(root: Self.root, store: store) }

    func image(_ name: String) throws -> BaseImage? {
        try kit.baseImage(ImageReference(parsing: name), platform: .linuxAMD64)
    }

    static var identifiers: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: root + "/images"))?
            .filter { $0.hasSuffix(".kit") }.map { String($0.dropLast(4)) }.sorted() ?? []
    }

    /// A folder that is gone when the body is done.
    static func inScratchFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = NSTemporaryDirectory() + "seaworthy-kit-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    static func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// What a program prints; nil when it is not on this machine.
    static func output(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String)? {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: \(program) is not on this machine")
            return nil
        }
        let result = try SeaworthyBinary.run(program, arguments)
        return (result.status, result.output + result.error)
    }
}

extension BaseImage {
    func text(_ path: String) -> String? {
        tree.bytes(at: ImagePath(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The package names of the image's dpkg or apk database.
    var packageNames: [String] {
        if let status = text("/var/lib/dpkg/status") {
            return status.split(separator: "\n").filter { $0.hasPrefix("Package: ") }.map { String($0.dropFirst(9)) }
        }
        let installed = text("/lib/apk/db/installed") ?? ""
        return installed.split(separator: "\n").filter { $0.hasPrefix("P:") }.map { String($0.dropFirst(2)) }
    }

    func has(_ path: String) -> Bool { tree.resolve(ImagePath(path))?.node != nil }
}
