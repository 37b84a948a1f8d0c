// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostFiles
import Workbench

extension Runtime {
    /// The bytes of a file of the host, or of standard input for `-`.
    func read(_ path: String) throws -> [UInt8] { try surroundings.read(path) }

    /// A path below the working directory as an absolute one.
    func resolve(_ path: String) -> String { surroundings.resolve(path) }

    /// The lines of standard input, without their line feeds.
    func standardInputLines() -> AnySequence<String> {
        AnySequence { AnyIterator { readLine(strippingNewline: true) } }
    }
}

extension Runtime {
    /// Writes a text to a file of the host, whole or not at all.
    func write(_ text: String, to path: String) throws {
        try HostFile.writeAtomically(Array(text.utf8), to: resolve(path), durable: false)
    }
}
