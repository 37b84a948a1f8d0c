// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import OCISpec

/// What `docker build` was asked for.
public struct BuildRequest: Sendable {
    /// The Dockerfile's bytes.
    public var dockerfile: [UInt8]
    /// The Dockerfile as the user named it, for messages and provenance.
    public var dockerfilePath: String
    /// The files that COPY can take.
    public var context: any BuildContext
    /// The stage to build; nil for the last one.
    public var target: String?
    /// `--build-arg`, by name.
    public var buildArguments: [String: String]
    /// `--platform`.
    public var platform: Platform
    /// `--label`, by name.
    public var labels: [String: String]
    /// `-t`, in order.
    public var names: [ImageReference]
    /// Whether an SBOM is attached.
    public var attachesSBOM: Bool
    /// Which provenance is attached.
    public var provenance: ProvenanceMode
    /// Seconds since 1970 that every time in the image takes.
    public var epochSeconds: Int
    /// Where the sources come from, as the client says: `source`, `revision`.
    public var vcs: [String: String]
    /// How much the build may take.
    public var limits: Limits
    /// The configuration that a FROM gets of which nothing is known; nil for an empty one.
    public var assumedConfiguration: ImageConfiguration?
    /// Images and files by the names that FROM and `--from` know them by: `--build-context`, in small letters.
    public var namedContexts: [String: NamedContext] = [:]
    /// Whether a RUN that does not say reaches a network: not with `--network none`.
    public var hasNetwork = true
    /// The ids of the secrets that are at hand; nil where nobody says, and then each is taken to be.
    public var secrets: Set<String>?
    /// The annotations of the manifest.
    public var annotations: [String: String] = [:]
    /// The annotations of the index that holds the image and its attestations.
    public var indexAnnotations: [String: String] = [:]
    /// Whether RUN lines are followed; without that only the configuration and the history come out.
    public var followsCommands = true

    /// Makes a request; what is left out is as `docker build` has it.
    public init(
        dockerfile: [UInt8],
        dockerfilePath: String = "Dockerfile",
        context: any BuildContext,
        target: String? = nil,
        buildArguments: [String: String] = [:],
        platform: Platform = .linuxAMD64,
        labels: [String: String] = [:],
        names: [ImageReference] = [],
        attachesSBOM: Bool = false,
        provenance: ProvenanceMode = .none,
        epochSeconds: Int,
        vcs: [String: String] = [:],
        limits: Limits
    ) {
        self.dockerfile = dockerfile
        self.dockerfilePath = dockerfilePath
        self.context = context
        self.target = target
        self.buildArguments = buildArguments
        self.platform = platform
        self.labels = labels
        self.names = names
        self.attachesSBOM = attachesSBOM
        self.provenance = provenance
        self.epochSeconds = epochSeconds
        self.vcs = vcs
        self.limits = limits
    }

    /// How much a provenance attestation tells.
    public enum ProvenanceMode: String, Sendable, Hashable, CaseIterable {
        case none, min, max
    }
}
