// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit docs/attestations; Dockerfile reference, FROM and ARG.

import DockerfileSyntax
public import OCISpec

extension Provenance {
    /// The image that a build began with, as far as its provenance tells.
    public enum BaseImage: Sendable, Hashable {
        /// An image; the digest is what its name resolved to, nil when no material says.
        case image(ImageReference, digest: Digest?)
        /// None: `FROM scratch`.
        case scratch
        /// It does not tell; the text says why.
        case unknown(String)
    }

    /// The base image of the stage that was built.
    ///
    /// With the Dockerfile at hand (mode max) its stages are followed from the target to an image, which is then looked up among
    /// the materials. Without it the only image among the materials that is neither frontend nor SBOM generator is the answer.
    public var baseImage: BaseImage {
        if let dockerfile = sources.first, !dockerfile.data.isEmpty {
            return baseImage(of: Dockerfile(parsing: dockerfile.data))
        }
        let images = materials.filter { material in
            guard let image = material.image else { return false }
            return !isTool(image.reference)
        }
        guard let only = images.first, let image = only.image else {
            return .unknown("no image stands among the materials")
        }
        guard images.count == 1 else {
            return .unknown("\(images.count) images stand among the materials and no Dockerfile tells them apart")
        }
        return .image(image.reference, digest: Self.sha256(only) ?? image.reference.digest)
    }

    /// The Dockerfile's stages are those that a build of it has, with the arguments that this build got.
    private func baseImage(of dockerfile: Dockerfile) -> BaseImage {
        let graph = StageGraph(dockerfile, parameters)
        guard !graph.stages.isEmpty else { return .unknown("the Dockerfile has no FROM") }
        guard let target = graph.target else {
            return .unknown("the Dockerfile has no stage \"\(arguments["target"] ?? "")\"")
        }
        switch graph.chain(of: target).last?.base {
        case .scratch?: return .scratch
        case .image(let text)?: return image(text, "the Dockerfile's base \"\(text)\" is not an image reference")
        case .context(let name)?:
            let source = arguments[Self.contextPrefix + name] ?? ""
            guard source.hasPrefix(Self.imageScheme) else {
                return .unknown("the build took the context \"\(name)\" for the base, which is no image")
            }
            let text = String(source.dropFirst(Self.imageScheme.count))
            return image(text, "the context \"\(name)\", which is the base, is not an image reference")
        case .stage?, .unknown?, nil: return .unknown("the FROM of the stage names nothing")
        }
    }

    private static let argumentPrefix = "build-arg:"
    private static let contextPrefix = "context:"
    private static let imageScheme = "docker-image://"

    private func image(_ text: String, _ complaint: String) -> BaseImage {
        guard let reference = try? ImageReference(parsing: text) else { return .unknown(complaint) }
        return .image(reference, digest: digest(of: reference))
    }

    /// What the build was given, as far as its Dockerfile can see it.
    private var parameters: BuildParameters {
        var given: [String: String] = [:]
        var contexts: Set<String> = []
        for (key, value) in arguments {
            if key.hasPrefix(Self.argumentPrefix) { given[String(key.dropFirst(Self.argumentPrefix.count))] = value }
            if key.hasPrefix(Self.contextPrefix) { contexts.insert(String(key.dropFirst(Self.contextPrefix.count))) }
        }
        let builder = builderPlatform.flatMap(Self.platform) ?? .linuxAMD64
        return BuildParameters(
            arguments: given,
            target: arguments["target"],
            platform: arguments["platform"].flatMap(Self.platform) ?? builder,
            buildPlatform: builder,
            namedContexts: contexts
        )
    }

    private static func platform(_ text: String) -> TargetPlatform? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count) else { return nil }
        return TargetPlatform(os: parts[0], architecture: parts[1], variant: parts.count > 2 ? parts[2] : "")
    }

    private func digest(of reference: ImageReference) -> Digest? {
        let wanted = reference.withDefaultTag
        for material in materials {
            guard let image = material.image, image.reference.name == wanted.name else { continue }
            if image.reference.tag == wanted.tag || wanted.digest != nil && Self.sha256(material) == wanted.digest {
                return Self.sha256(material) ?? image.reference.digest
            }
        }
        return wanted.digest
    }

    /// Frontends and SBOM generators are listed among the materials as well.
    private func isTool(_ reference: ImageReference) -> Bool {
        let name = reference.familiarName
        if name == "docker/dockerfile" || name == "docker/dockerfile-upstream" { return true }
        if name == "docker/buildkit-syft-scanner" || name == "docker/scout-sbom-indexer" { return true }
        guard let source = arguments["source"], let frontend = try? ImageReference(parsing: source) else {
            return false
        }
        return frontend.name == reference.name
    }

    private static func sha256(_ material: Material) -> Digest? {
        material.digest["sha256"].flatMap { try? Digest(parsing: "sha256:" + $0) }
    }
}
