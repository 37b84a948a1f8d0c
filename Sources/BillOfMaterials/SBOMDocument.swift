// SPDX-License-Identifier: Apache-2.0

public import Packages

/// What a bill of materials says: which packages are in an image.
public struct SBOMDocument: Sendable, Hashable {
    /// The format that it was read from or is to be written in.
    public let format: Format
    /// The name of what it describes, such as an image reference or `/run/src/core`.
    public let name: String
    /// When it was made, RFC 3339; empty when it does not say.
    public let created: String
    /// The programs that made it, such as `syft-v1.2.0`.
    public let tools: [String]
    /// The packages, sorted as a catalog sorts them.
    public let packages: [Package]
    /// The distribution; nil when it does not say.
    public let distribution: Distribution?
    /// What could not be understood, one sentence each.
    public let remarks: [String]
    /// Why there may be packages that it does not list, one sentence each; empty when it lists all.
    public let unknowns: [String]

    /// Sorts the packages; the distribution is that of the first package which has one, where none is named.
    public init(
        format: Format,
        name: String,
        created: String,
        tools: [String],
        packages: [Package],
        distribution: Distribution? = nil,
        remarks: [String] = [],
        unknowns: [String] = []
    ) {
        self.format = format
        self.name = name
        self.created = created
        self.tools = tools
        self.packages = packages.sorted {
            ($0.type.rawValue, $0.name, $0.version, $0.architecture ?? "")
                < ($1.type.rawValue, $1.name, $1.version, $1.architecture ?? "")
        }
        self.distribution = distribution ?? packages.lazy.compactMap(\.distribution).first
        self.remarks = remarks
        self.unknowns = unknowns
    }
}

extension SBOMDocument {
    /// The formats, each with its version as the document writes it.
    public enum Format: Sendable, Hashable {
        /// SPDX, such as `SPDX-2.3`.
        case spdx(String)
        /// CycloneDX, such as `1.6`.
        case cycloneDX(String)
        /// syft's own JSON with its schema version.
        case syft(String)

        /// Format and version, for people.
        public var description: String {
            switch self {
            case .spdx(let version): version
            case .cycloneDX(let version): "CycloneDX-" + version
            case .syft(let version): "syft " + version
            }
        }
    }
}
