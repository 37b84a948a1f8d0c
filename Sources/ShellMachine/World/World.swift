// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import ImageFilesystem
import OCISpec
public import Packages

/// What a program finds and leaves behind: files, descriptors, who it runs as, the clock. A value: a fork is a copy, a way back an
/// assignment.
///
/// It does for a program's model what the kernel does for the program, and nothing more: a model sees no shell around it.
/// `record` alone only grows: what was written, counted or noted stays so, whichever way is taken afterwards.
public struct World: Sendable {
    /// The filesystem.
    public var tree: FileTree
    /// Where files may exist that the tree does not have, or may be missing that it has.
    public var uncertain: UncertainPlaces
    /// The time of the build in seconds since 1970.
    public let epochSeconds: Int
    /// Where packages come from.
    public let repository: any PackageRepository
    /// The architecture as Linux names it, such as `x86_64`.
    public let machine: String
    /// Whether it is known who runs the programs, and so what they may do.
    public let isUserKnown: Bool
    /// Whether programs reach a network.
    public let hasNetwork: Bool
    /// How much work is done before it is given up.
    public let limits: Limits

    /// What belongs to the process alone.
    var process: Process
    /// What only grows.
    var record = WorldRecord()

    /// Whether a lookup of the program at hand missed something where files are uncertain.
    public internal(set) var missedUncertainly = false
    /// Whether a lookup of the program at hand found something that may also not be there.
    var foundPerhaps = false
    /// Whether a pattern among the words of the command at hand may stand for more names than it was replaced by.
    var hasOpenPattern = false
    /// What the program at hand was refused for lack of rights, the first thing of several.
    var refusedPath: ImagePath?
    /// Whether the program at hand wrote to a descriptor that is closed.
    var wroteToNothing = false
    /// Why the program at hand could not read its input: a folder, or a descriptor that is closed.
    var readFromNothing: String?
    /// Whether the image has files with several names; looked up once, then kept true by `ln`.
    private var knownHardLinks: Bool?

    /// Who runs a program.
    public struct User: Sendable, Hashable {
        /// The user's number.
        public var uid: UInt32
        /// The main group's number.
        public var gid: UInt32
        /// The name; the number as text where there is no account.
        public var name: String
        /// Further groups by number.
        public var groups: [UInt32]

        /// Takes the numbers as they are, whether or not an account has them.
        public init(uid: UInt32, gid: UInt32, name: String, groups: [UInt32] = []) {
            self.uid = uid
            self.gid = gid
            self.name = name
            self.groups = groups
        }

        /// The superuser.
        public static let root = User(uid: 0, gid: 0, name: "root")
    }

    /// The world of a process that starts with nothing open.
    init(_ state: ShellState, limits: Limits) {
        tree = state.tree
        uncertain = state.uncertain
        process = Process(workingDirectory: state.workingDirectory, user: state.user)
        epochSeconds = state.epochSeconds
        repository = state.repository
        machine = state.machine
        isUserKnown = state.isUserKnown
        hasNetwork = state.hasNetwork
        self.limits = limits
    }

    /// What stands in the machine's place while a program has the world.
    static let none = World(ShellState(tree: FileTree(), epochSeconds: 0), limits: .submission)

    /// Takes back that something was missed: for a program that does not mind.
    public mutating func forgetMisses() {
        missedUncertainly = false
        foundPerhaps = false
    }

    /// Whether the program has the rights of the superuser.
    public var isRoot: Bool { user.uid == 0 }

    /// Whether the image has files with several names.
    public var hasHardLinks: Bool {
        mutating get {
            if let knownHardLinks { return knownHardLinks }
            var found = false
            tree.walk { _, node in
                if case .hardLink = node.kind { found = true }
                return !found
            }
            knownHardLinks = found
            return found
        }
        set { knownHardLinks = newValue }
    }
}
