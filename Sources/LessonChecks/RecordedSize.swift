// SPDX-License-Identifier: Apache-2.0

/// The recorded size of a real image.
public struct RecordedSize: Sendable, Hashable {
    /// The compressed size in bytes.
    public let sizeBytes: Int
    /// The image that it was recorded of, when that is only the nearest relative.
    public let recordedOf: String?
    /// How many packages the image has.
    public let packageCount: Int

    /// A size and a count that were recorded together.
    public init(sizeBytes: Int, recordedOf: String?, packageCount: Int) {
        self.sizeBytes = sizeBytes
        self.recordedOf = recordedOf
        self.packageCount = packageCount
    }
}
