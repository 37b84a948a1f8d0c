// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles
import OCISpec

/// Takes a blob into a file without a name, hashing it on the way, and stops at the first byte too many.
final class BlobSink: ByteSink {
    private let descriptor: Descriptor
    private let place: Place
    private let file: TemporaryFile
    private var hasher: BlobHasher
    private let report: (Int) -> Void

    init(_ descriptor: Descriptor, in folder: String, place: Place, report: @escaping (Int) -> Void) throws {
        self.descriptor = descriptor
        self.place = place
        self.report = report
        file = try TemporaryFile.anonymous(in: folder)
        hasher = BlobHasher(descriptor.digest.algorithm)
    }

    func write(_ piece: UnsafeRawBufferPointer) throws {
        guard piece.count <= descriptor.size - hasher.byteCount else { throw wrongSize("more") }
        hasher.update(piece)
        try file.write(piece)
        report(hasher.byteCount)
    }

    /// The blob, when all of it came and it is what its digest says.
    func finish() throws -> ByteSource {
        guard hasher.byteCount == descriptor.size else { throw wrongSize("\(hasher.byteCount)") }
        let found = hasher.digest()
        guard found == descriptor.digest else {
            throw Failure(
                .malformedInput,
                "a blob is not what its digest says",
                at: place,
                why: "\(descriptor.digest) was promised, the bytes have \(found)"
            )
        }
        return .file(try file.openForReading(as: place.description))
    }

    private func wrongSize(_ found: String) -> Failure {
        Failure(
            .malformedInput,
            "a blob has the wrong size",
            at: place,
            why: "\(descriptor.digest) should have \(descriptor.size) bytes, \(found) came"
        )
    }
}
