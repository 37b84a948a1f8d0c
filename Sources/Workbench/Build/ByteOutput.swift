// SPDX-License-Identifier: Apache-2.0

/// Where bytes go that have no file: standard output.
package struct ByteOutput {
    /// Whether a person would see them.
    let isTerminal: Bool
    let write: ([UInt8]) -> Void

    package init(isTerminal: Bool, write: @escaping ([UInt8]) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
    }
}
