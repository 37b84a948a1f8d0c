// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import Foundation
import HostFiles

extension Runtime {
    /// The bytes of a file of the host, or of standard input for `-`.
    func read(_ path: String) throws -> [UInt8] {
        if path == "-" {
            var bytes: [UInt8] = []
            while true {
                let piece = FileHandle.standardInput.readData(ofLength: 1 << 16)
                if piece.isEmpty { return bytes }
                bytes.append(contentsOf: piece)
                guard bytes.count <= limits.entryBytes else {
                    throw Failure(.overLimit, "standard input is larger than \(limits.entryBytes) bytes")
                }
            }
        }
        return try HostFile.read(resolve(path), limit: limits.entryBytes)
    }

    /// A path below the working directory as an absolute one.
    func resolve(_ path: String) -> String {
        Self.absolute(path.hasPrefix("/") ? path : currentDirectory + "/" + path)
    }

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
