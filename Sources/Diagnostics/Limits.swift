// SPDX-License-Identifier: Apache-2.0

/// How much a reader of foreign bytes may take before it refuses. Passed from the command down; no reader without it.
///
/// Sizes are counted while they are read, never believed from a header. Time is bounded by work, not by a clock: the same input
/// must come out the same on a slow machine.
public struct Limits: Sendable, Hashable, Codable {
    /// Entries of one archive, layers or files of one tree.
    public var entries: Int
    /// Bytes that one archive or layer may expand to.
    public var expandedBytes: Int
    /// Bytes of one entry that is held in memory whole, such as a manifest or a package database.
    public var entryBytes: Int
    /// How many times larger than its compressed form something may grow, beyond the first MiB.
    public var ratio: Int
    /// Components of a path, nesting of archives or of JSON.
    public var depth: Int
    /// Bytes of one path.
    public var pathBytes: Int
    /// Steps of the shell interpreter in one RUN.
    public var shellSteps: Int

    /// Makes limits from their parts.
    public init(
        entries: Int,
        expandedBytes: Int,
        entryBytes: Int,
        ratio: Int,
        depth: Int,
        pathBytes: Int,
        shellSteps: Int
    ) {
        self.entries = entries
        self.expandedBytes = expandedBytes
        self.entryBytes = entryBytes
        self.ratio = ratio
        self.depth = depth
        self.pathBytes = pathBytes
        self.shellSteps = shellSteps
    }

    /// For a learner's own machine: real images of several GB pass.
    public static let standard = Limits(
        entries: 1_000_000,
        expandedBytes: 16 << 30,
        entryBytes: 128 << 20,
        ratio: 1_000,
        depth: 128,
        pathBytes: 4_096,
        shellSteps: 100_000
    )

    /// For submissions of strangers: enough for a course's images, not enough to hurt a grader.
    public static let submission = Limits(
        entries: 200_000,
        expandedBytes: 4 << 30,
        entryBytes: 64 << 20,
        ratio: 200,
        depth: 64,
        pathBytes: 4_096,
        shellSteps: 20_000
    )
}
