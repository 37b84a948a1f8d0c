// SPDX-License-Identifier: Apache-2.0

// Source: package-url specification (ECMA-427) and its type definitions.

/// The rules that one registered type adds to the general ones.
public struct PackageURLType: Sendable, Hashable {
    /// The type as it is written, such as `npm`.
    public let type: String
    /// Whether a namespace must, may or may not stand.
    public let namespace: Namespace
    /// How the namespace's letters are written.
    public let namespaceCase: LetterCase
    /// How the name's letters are written.
    public let nameCase: LetterCase
    /// How the version's letters are written.
    public let versionCase: LetterCase
    /// Where packages of the type come from when no qualifier `repository_url` says it; nil when the type has no such place.
    public let defaultRepository: String?

    /// Whether a purl of a type has a namespace.
    public enum Namespace: String, Sendable, Hashable, CaseIterable {
        case required, optional, prohibited
    }

    /// How letters are written in the canonical form.
    public enum LetterCase: String, Sendable, Hashable, CaseIterable {
        case kept, lower, upper

        func applied(to text: String) -> String {
            switch self {
            case .kept: text
            case .lower: text.lowercased()
            case .upper: text.uppercased()
            }
        }
    }

    init(
        _ type: String,
        _ namespace: Namespace,
        namespaceCase: LetterCase = .kept,
        name nameCase: LetterCase = .kept,
        version versionCase: LetterCase = .kept,
        at defaultRepository: String? = nil
    ) {
        self.type = type
        self.namespace = namespace
        self.namespaceCase = namespaceCase
        self.nameCase = nameCase
        self.versionCase = versionCase
        self.defaultRepository = defaultRepository
    }

    /// The rules of a type; nil when it is not registered, so that only the general rules count.
    public static func named(_ type: String) -> PackageURLType? { byName[type.lowercased()] }

    private static let byName = Dictionary(all.map { ($0.type, $0) }) { first, _ in first }

    /// The registered types.
    ///
    /// `huggingface` and `golang` are read with and without a namespace, as the specification's own examples and every tool write
    /// them (`pkg:golang/stdlib`).
    public static let all: [PackageURLType] = [
        PackageURLType("alpm", .required, namespaceCase: .lower, name: .lower),
        PackageURLType("apk", .required, namespaceCase: .lower, name: .lower),
        PackageURLType("bazel", .prohibited, at: "https://bcr.bazel.build"),
        PackageURLType("bitbucket", .required, namespaceCase: .lower, name: .lower, at: "https://bitbucket.org"),
        PackageURLType("bitnami", .prohibited, name: .lower, at: "https://downloads.bitnami.com/files/stacksmith"),
        PackageURLType("cargo", .prohibited, at: "https://crates.io/"),
        PackageURLType("chrome-extension", .prohibited, name: .lower, at: "https://chromewebstore.google.com"),
        PackageURLType("cocoapods", .prohibited, at: "https://cdn.cocoapods.org/"),
        PackageURLType("composer", .required, namespaceCase: .lower, name: .lower, at: "https://packagist.org"),
        PackageURLType("conan", .optional, at: "https://center.conan.io"),
        PackageURLType("conda", .prohibited, at: "https://repo.anaconda.com"),
        PackageURLType("cpan", .optional, namespaceCase: .upper, at: "https://www.cpan.org/"),
        PackageURLType("cran", .prohibited, at: "https://cran.r-project.org"),
        PackageURLType("deb", .required, namespaceCase: .lower, name: .lower),
        PackageURLType("docker", .optional, at: "https://hub.docker.com"),
        PackageURLType("gem", .prohibited, at: "https://rubygems.org"),
        PackageURLType("generic", .optional),
        PackageURLType("github", .required, namespaceCase: .lower, name: .lower, at: "https://github.com"),
        PackageURLType("gitlab", .required, namespaceCase: .lower, name: .lower, at: "https://gitlab.com"),
        PackageURLType("golang", .optional, namespaceCase: .lower, name: .lower),
        PackageURLType("hackage", .prohibited, at: "https://hackage.haskell.org"),
        PackageURLType("hex", .optional, namespaceCase: .lower, name: .lower, at: "https://repo.hex.pm"),
        PackageURLType("huggingface", .optional, version: .lower, at: "https://huggingface.co"),
        PackageURLType("julia", .prohibited, at: "https://pkg.julialang.org"),
        PackageURLType("luarocks", .optional, namespaceCase: .lower, name: .lower, at: "https://luarocks.org"),
        PackageURLType("maven", .required, at: "https://repo.maven.apache.org/maven2/"),
        PackageURLType("mlflow", .prohibited),
        PackageURLType("npm", .optional, namespaceCase: .lower, name: .lower, at: "https://registry.npmjs.org/"),
        PackageURLType("nuget", .prohibited, at: "https://www.nuget.org"),
        PackageURLType("oci", .prohibited, name: .lower, version: .lower),
        PackageURLType("opam", .prohibited, at: "https://opam.ocaml.org/packages"),
        PackageURLType("otp", .prohibited, name: .lower),
        PackageURLType("pub", .prohibited, name: .lower, at: "https://pub.dartlang.org"),
        PackageURLType("pypi", .prohibited, name: .lower, at: "https://pypi.org"),
        PackageURLType("qpkg", .required, namespaceCase: .lower),
        PackageURLType("rpm", .required, namespaceCase: .lower),
        PackageURLType("swid", .optional),
        PackageURLType("swift", .required),
        PackageURLType(
            "vscode-extension",
            .required,
            namespaceCase: .lower,
            name: .lower,
            at: "https://marketplace.visualstudio.com"
        ),
        PackageURLType("yocto", .optional),
    ]
}

extension PackageURLType {
    /// Brings parts into the type's own form.
    static func normalise(_ parts: inout PackageURL.Parts) {
        if let rule = named(parts.type) {
            parts.namespace = parts.namespace.map(rule.namespaceCase.applied)
            parts.name = rule.nameCase.applied(to: parts.name)
            parts.version = parts.version.map(rule.versionCase.applied)
        }
        switch parts.type {
        case "pypi", "hackage": parts.name = String(parts.name.map { $0 == "_" ? "-" : $0 })
        case "pub":
            let bytes = parts.name.utf8.map { $0.isLower || $0.isDigit ? $0 : UInt8(ascii: "_") }
            parts.name = String(ascii: bytes)
        case "mlflow":
            // Databricks does not tell letters by their case, Azure does.
            if parts.qualifiers["repository_url"]?.lowercased().contains("databricks") ?? false {
                parts.name = parts.name.lowercased()
            }
        default: break
        }
    }

    /// What is wrong by the type's own rule; nil when nothing.
    static func problem(_ parts: PackageURL.Parts) -> String? {
        switch named(parts.type)?.namespace {
        case .prohibited where !parts.namespace.isEmpty: return "this type has no namespace"
        case .required where parts.namespace.isEmpty: return "a namespace is needed"
        default: break
        }
        switch parts.type {
        case "chrome-extension":
            let isID = parts.name.utf8.count == 32 && parts.name.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x70 }
            if !isID { return "the name is an extension's id: 32 letters from a to p" }
        case "cocoapods":
            if parts.name.first == "." || parts.name.contains(where: { $0 == "+" || $0.isWhitespace }) {
                return "a pod's name has no blank and no \"+\", and begins with no dot"
            }
        case "conan":
            let hasChannel = parts.qualifiers["channel"] != nil
            if hasChannel == parts.namespace.isEmpty { return "namespace and channel go together" }
        case "cran", "swift":
            if parts.version == nil { return "a version is needed" }
        case "cpan":
            if !parts.namespace.isEmpty, parts.name.contains("::") { return "a distribution's name has no \"::\"" }
            if parts.namespace.isEmpty, parts.name.contains("-") { return "a module's name has no hyphen" }
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
