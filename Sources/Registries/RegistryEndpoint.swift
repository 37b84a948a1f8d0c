// SPDX-License-Identifier: Apache-2.0

// Source: distribution specification 1.1, "Endpoints"; Docker's name for its own registry, and its rule that a registry on this
// machine may be asked without encryption.

public import OCISpec

/// Where a registry is asked.
public struct RegistryEndpoint: Sendable, Hashable {
    /// The registry as references name it, such as `docker.io`.
    public let domain: String
    /// Where it is asked, first things first: over HTTPS, but on this machine over HTTP, and only where that is refused over HTTPS.
    public let bases: [HTTPURL]

    /// The endpoint of the registry that a reference names; nil when its domain is no host.
    public init?(_ reference: ImageReference) {
        domain = reference.domain
        let authority = domain == "docker.io" ? "registry-1.docker.io" : domain
        guard let secure = HTTPURL(scheme: .https, authority: authority, target: "/") else { return nil }
        let plain = HTTPURL(scheme: .http, authority: authority, target: "/")
        bases = secure.isLoopback ? [plain, secure].compactMap(\.self) : [secure]
    }
}
