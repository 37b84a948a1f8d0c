// SPDX-License-Identifier: Apache-2.0

import CivilTime
package import Diagnostics
package import Foundation
import HostFiles

/// What a run takes from the world: environment, folders, clock and limits. Read once, then passed down.
package struct Surroundings: Sendable {
    /// The environment variables.
    package let environment: [String: String]
    /// The folder that the program was started in.
    package let currentDirectory: String
    /// The data home: progress, image store, caches.
    package let home: String
    /// Seconds since 1970.
    package let epochSeconds: Int
    /// How much foreign input may take.
    package let limits: Limits
    /// The program's own path with links followed; nil when the system does not say.
    package let programPath: String?

    package init(
        environment: [String: String],
        currentDirectory: String,
        home: String,
        epochSeconds: Int,
        limits: Limits,
        programPath: String?
    ) {
        self.environment = environment
        self.currentDirectory = currentDirectory
        self.home = home
        self.epochSeconds = epochSeconds
        self.limits = limits
        self.programPath = programPath
    }

    /// The day of the clock in UTC, `YYYY-MM-DD`.
    package var today: String { Instant(epochSeconds: epochSeconds).day.description }

    /// The clock as a date.
    package var now: Date { Date(timeIntervalSince1970: TimeInterval(epochSeconds)) }

    /// The path with the working directory in front when it is relative, and without `.` and `..`.
    package static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// A path below the working directory as an absolute one.
    package func resolve(_ path: String) -> String {
        Self.absolute(path.hasPrefix("/") ? path : currentDirectory + "/" + path)
    }

    /// The bytes of a file of the host, or of standard input for `-`.
    ///
    /// - Throws: a `Failure`: `overLimit` for more than the limits allow of one entry, and what reading a file throws.
    package func read(_ path: String) throws -> [UInt8] {
        guard path == "-" else { return try HostFile.read(resolve(path), limit: limits.entryBytes) }
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
}
