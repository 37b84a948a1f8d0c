// SPDX-License-Identifier: Apache-2.0

/// A platform as the predefined arguments give it: `os/architecture[/variant]`.
public struct TargetPlatform: Sendable, Hashable, CustomStringConvertible {
    /// The operating system, such as `linux`.
    public let os: String
    /// The architecture, such as `amd64`.
    public let architecture: String
    /// The variant, such as `v7`; empty when there is none.
    public let variant: String

    /// A platform without a variant, unless one is named.
    public init(os: String, architecture: String, variant: String = "") {
        self.os = os
        self.architecture = architecture
        self.variant = variant
    }

    /// Intel and AMD, 64 bits.
    public static let linuxAMD64 = TargetPlatform(os: "linux", architecture: "amd64")

    /// The platform as text.
    public var description: String {
        [os, architecture].joined(separator: "/") + (variant.isEmpty ? "" : "/" + variant)
    }
}
