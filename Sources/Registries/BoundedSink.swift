// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics

/// Keeps an answer in memory, up to a bound.
final class BoundedSink: ByteSink {
    private(set) var bytes: [UInt8] = []
    private let most: Int
    private let what: String

    init(_ what: String, most: Int) {
        self.what = what
        self.most = most
    }

    func write(_ piece: UnsafeRawBufferPointer) throws {
        guard piece.count <= most - bytes.count else {
            throw Failure(.overLimit, "\(what) is too large", why: "more than \(most) bytes came")
        }
        bytes.append(contentsOf: piece)
    }
}
