// SPDX-License-Identifier: Apache-2.0

/// What somebody gives to a build and what its Dockerfile can see of it.
public struct BuildParameters: Sendable, Hashable {
    /// `--build-arg`.
    public var arguments: [String: String]
    /// `--target`; nil for the last stage.
    public var target: String?
    /// `--platform`.
    public var platform: TargetPlatform
    /// The builder's own platform.
    public var buildPlatform: TargetPlatform
    /// The names of `--build-context`, which come before stages and images of the same name.
    public var namedContexts: Set<String>

    /// Makes parameters; all have the default of a plain `docker build .`.
    public init(
        arguments: [String: String] = [:],
        target: String? = nil,
        platform: TargetPlatform = .linuxAMD64,
        buildPlatform: TargetPlatform = .linuxAMD64,
        namedContexts: Set<String> = []
    ) {
        self.arguments = arguments
        self.target = target
        self.platform = platform
        self.buildPlatform = buildPlatform
        self.namedContexts = namedContexts
    }
}
