// SPDX-License-Identifier: Apache-2.0

package import Diagnostics

/// How much JSON a reader may take before it refuses.
package struct JSONLimits: Sendable, Hashable {
    /// Bytes of the text.
    package let sizeBytes: Int
    /// How deep arrays and objects may be nested.
    package let depth: Int

    package init(sizeBytes: Int, depth: Int) {
        self.sizeBytes = sizeBytes
        self.depth = depth
    }

    /// Those of a document that is held in memory whole.
    package init(_ limits: Limits) { self.init(sizeBytes: limits.entryBytes, depth: limits.depth) }

    /// For what this program wrote itself, or what has been bounded before.
    package static let own = JSONLimits(sizeBytes: .max, depth: 512)
}
