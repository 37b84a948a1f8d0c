// SPDX-License-Identifier: Apache-2.0

public import ImageFilesystem
public import OCISpec
public import Packages

/// What a command of a build finds and leaves behind.
///
/// Only the tree and `uncertain` outlive a RUN instruction; the rest is set anew for each.
public struct ShellState: Sendable {
    /// The filesystem. Files whose bytes a command needs (accounts, package databases, lock files) must be there as bytes.
    public var tree: FileTree
    /// The exported variables.
    public var environment: [String: String]
    /// The names of exported variables whose values are not known.
    public var unknownVariables: Set<String>
    /// Whether `user` is who runs the commands; else nobody knows what he may do.
    public var isUserKnown: Bool
    /// Where the commands run.
    public var workingDirectory: ImagePath
    /// Who runs them.
    public var user: User
    /// The time of the build in seconds since 1970.
    public var epochSeconds: Int
    /// Where packages come from.
    public var repository: any PackageRepository
    /// Where files may exist that the tree does not have, or may be missing that it has, after something that was not understood.
    public var uncertain: UncertainPlaces
    /// The architecture as Linux names it, such as `x86_64`.
    public var machine: String
    /// Whether the commands reach a network: not those of `RUN --network=none`.
    public var hasNetwork: Bool

    /// Who runs a command.
    public typealias User = World.User

    /// Makes a state from its parts.
    public init(
        tree: FileTree,
        environment: [String: String] = [:],
        workingDirectory: ImagePath = .root,
        user: User = .root,
        epochSeconds: Int,
        repository: any PackageRepository = NoPackages(),
        uncertain: UncertainPlaces = UncertainPlaces(),
        machine: String = "x86_64",
        unknownVariables: Set<String> = [],
        isUserKnown: Bool = true,
        hasNetwork: Bool = true
    ) {
        self.tree = tree
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.user = user
        self.epochSeconds = epochSeconds
        self.repository = repository
        self.uncertain = uncertain
        self.machine = machine
        self.unknownVariables = unknownVariables
        self.isUserKnown = isUserKnown
        self.hasNetwork = hasNetwork
    }
}

/// A repository that knows no package.
public struct NoPackages: PackageRepository {
    /// Makes one.
    public init() {}

    /// Always nil.
    public func package(named name: String, type: PackageType, distribution: Distribution) -> RepositoryPackage? { nil }
}
