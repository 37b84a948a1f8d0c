// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-index.md, "platform"; containerd's platform normalisation.

/// What an image runs on.
///
/// Shape: `os/architecture` or `os/architecture/variant`, in Go's words, normalised: `x86_64` is `amd64`, `aarch64` is `arm64`,
/// and the variant `v8` of `arm64` is left out, so that equality, hash and text agree.
public struct Platform: Sendable, Hashable, Codable {
    /// The operating system, such as `linux`.
    public let os: String
    /// The processor architecture, such as `amd64`.
    public let architecture: String
    /// The variant of the architecture, such as `v7`; nil when there is none.
    public let variant: String?

    private enum CodingKeys: String, CodingKey { case os, architecture, variant }

    /// Normalises the words.
    public init(os: String, architecture: String, variant: String? = nil) {
        self.os = os.lowercased()
        var variant = variant.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        switch architecture.lowercased() {
        case "x86_64", "x86-64", "amd64":
            self.architecture = "amd64"
            if variant == "v1" { variant = nil }
        case "aarch64", "arm64":
            self.architecture = "arm64"
            if variant == "v8" || variant == "8" { variant = nil }
        case "armhf":
            self.architecture = "arm"
            variant = variant ?? "v7"
        case "i386", "i486", "i586", "i686", "386": self.architecture = "386"
        case let other: self.architecture = other
        }
        self.variant = variant
    }

    /// Reads `os/architecture[/variant]`.
    ///
    /// - Returns: nil when there are not two or three parts, or one is empty.
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(os: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : nil)
    }

    /// Reads the object of an index; foreign fields are ignored.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            os: try container.decodeIfPresent(String.self, forKey: .os) ?? "",
            architecture: try container.decodeIfPresent(String.self, forKey: .architecture) ?? "",
            variant: try container.decodeIfPresent(String.self, forKey: .variant)
        )
    }

    /// What the lessons' images are made for.
    public static let linuxAMD64 = Platform(os: "linux", architecture: "amd64")
    /// What BuildKit writes for a manifest that is no image.
    public static let unknown = Platform(os: "unknown", architecture: "unknown")
}

extension Platform: CustomStringConvertible {
    /// The platform as `docker build --platform` takes it.
    public var description: String { [os, architecture, variant].compactMap(\.self).joined(separator: "/") }
}
