// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What people do to a folder of work, at random: write, remove, close, link, give away.
public struct RandomWork: Sendable {
    /// Names of files, some of them hard, and one that is a folder as well.
    public static let names = ["Dockerfile", "run.sh", "src/index.js", "src/deep/a", "b", "empty", "ü %00 \n", "src"]
    /// Modes that permit everything, little and nothing.
    private static let modes: [mode_t] = [0o644, 0o755, 0o600, 0o400, 0o4755, 0o1777, 0o000]

    /// The random source, shared with whoever draws commands in between.
    public var random: SeededGenerator

    /// Starts the sequence of a seed.
    public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// One of the names.
    public mutating func name() -> String { Self.names.randomElement(using: &random) ?? "b" }

    /// Changes one thing in a folder.
    ///
    /// - Returns: the name, for the story of a failure.
    public mutating func edit(_ folder: String) -> String {
        let name = name()
        let file = folder + "/" + name
        let manager = FileManager.default
        switch Int.random(in: 0..<7, using: &random) {
        case 0..<3:
            try? manager.createDirectory(
                atPath: (file as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true
            )
            let count = Int.random(in: 0..<60, using: &random)
            try? Data(random.bytes(count)).write(to: URL(fileURLWithPath: file))
        case 3: try? manager.removeItem(atPath: file)
        case 4:
            var status = stat()
            if lstat(file, &status) == 0, status.st_mode & S_IFMT != S_IFLNK {
                chmod(file, Self.modes.randomElement(using: &random) ?? 0o644)
            }
        case 5:
            try? manager.removeItem(atPath: file)
            try? manager.createSymbolicLink(atPath: file, withDestinationPath: "../" + name)
        default:
            if geteuid() == 0 {
                lchown(file, uid_t.random(in: 0..<3, using: &random), gid_t.random(in: 0..<3, using: &random))
            } else {
                try? manager.createDirectory(atPath: file, withIntermediateDirectories: true)
            }
        }
        return name
    }
}
