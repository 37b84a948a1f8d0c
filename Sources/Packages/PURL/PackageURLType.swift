// SPDX-License-Identifier: Apache-2.0

// Source: package-url specification, PURL-TYPES.

/// The rules that single types add to the general ones.
enum PackageURLType {
    /// Types whose namespace is written in lower case.
    private static let lowerNamespace: Set<String> = [
        "alpm", "apk", "bitbucket", "composer", "deb", "github", "gitlab", "golang", "hex", "npm", "qpkg", "rpm",
    ]
    /// Types whose name is written in lower case.
    private static let lowerName: Set<String> = [
        "alpm", "apk", "bitbucket", "bitnami", "composer", "deb", "github", "gitlab", "golang", "hex", "npm", "oci",
        "otp",
        "pub", "pypi",
    ]
    /// Types that know no namespace.
    private static let noNamespace: Set<String> = [
        "bazel", "bitnami", "cargo", "cocoapods", "conda", "cran", "gem", "hackage", "julia", "mlflow", "nuget", "oci",
        "opam", "otp", "pub", "pypi",
    ]
    /// Types that cannot do without one.
    private static let needsNamespace: Set<String> = [
        "bitbucket", "github", "maven", "swift", "vscode-extension",
    ]

    static func normalise(_ parts: inout PackageURL.Parts) {
        if lowerNamespace.contains(parts.type) { parts.namespace = parts.namespace.map { $0.lowercased() } }
        if lowerName.contains(parts.type) { parts.name = parts.name.lowercased() }
        switch parts.type {
        case "pypi": parts.name = String(parts.name.map { $0 == "_" ? "-" : $0 })
        case "pub": parts.name = String(parts.name.map { $0 == "-" || $0 == " " || $0 == "." ? "_" : $0 })
        case "huggingface", "oci": parts.version = parts.version?.lowercased()
        case "mlflow":
            if parts.qualifiers["repository_url"]?.contains("databricks") ?? false {
                parts.name = parts.name.lowercased()
            }
        default: break
        }
    }

    /// What is wrong by the type's own rule; nil when nothing.
    static func problem(_ parts: PackageURL.Parts) -> String? {
        if noNamespace.contains(parts.type), !parts.namespace.isEmpty { return "this type has no namespace" }
        if needsNamespace.contains(parts.type), parts.namespace.isEmpty { return "a namespace is needed" }
        switch parts.type {
        case "conan":
            let hasChannel = parts.qualifiers["channel"] != nil
            if hasChannel == parts.namespace.isEmpty { return "namespace and channel go together" }
        case "cran", "swift":
            if parts.version == nil { return "a version is needed" }
        case "cpan":
            if !parts.namespace.isEmpty, parts.name.contains("::") { return "a distribution's name has no \"::\"" }
        case "julia":
            if parts.qualifiers["uuid"] == nil { return "the qualifier uuid is needed" }
        case "swid":
            if parts.qualifiers["tag_id"] == nil { return "the qualifier tag_id is needed" }
        case "npm":
            if parts.namespace.count > 1 { return "a scope has one segment" }
        default: break
        }
        return nil
    }
}
