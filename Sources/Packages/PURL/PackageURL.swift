// SPDX-License-Identifier: Apache-2.0

// Source: package-url specification (ECMA-427) and PURL-TYPES.

/// The name of a package across ecosystems.
///
/// Shape: `pkg:type/namespace/name@version?qualifiers#subpath`, read liberally, held and written canonically: type and keys in
/// lower case, qualifiers sorted, everything percent-encoded but letters, digits, `.`, `-`, `_`, `~` and `:`.
public struct PackageURL: Sendable, Hashable {
    /// The ecosystem, lower case, such as `npm`.
    public let type: String
    /// What the ecosystem puts before the name, segments joined by `/`, decoded; nil when there is nothing.
    public let namespace: String?
    /// The package, decoded.
    public let name: String
    /// The version, decoded; nil when there is none.
    public let version: String?
    /// Further facts, decoded; keys in lower case, none empty.
    public let qualifiers: [String: String]
    /// A path inside the package, segments joined by `/`, decoded; nil when there is none.
    public let subpath: String?

    /// Makes a purl from its parts as people spell them and brings them into the type's canonical form.
    ///
    /// - Throws: a `ValidationError` when a part is wrong or missing, or the type's own rule is broken.
    public init(
        type: String,
        namespace: String? = nil,
        name: String,
        version: String? = nil,
        qualifiers: [String: String] = [:],
        subpath: String? = nil
    ) throws(ValidationError) {
        guard Self.isType(type) else { throw .typeWrong(type) }
        var parts = Parts(type: type.lowercased(), name: name)
        parts.namespace = (namespace ?? "").split(separator: "/").map(String.init)
        parts.version = version.flatMap { $0.isEmpty ? nil : $0 }
        for (key, value) in qualifiers {
            guard Self.isQualifierKey(key) else { throw .qualifierWrong(key) }
            guard !value.isEmpty else { continue }
            guard parts.qualifiers.updateValue(value, forKey: key.lowercased()) == nil else {
                throw .qualifierTwice(key)
            }
        }
        for segment in (subpath ?? "").split(separator: "/") where segment != "." && segment != ".." {
            parts.subpath.append(String(segment))
        }
        try self.init(normalising: parts)
    }

    /// Reads a purl, canonical or not.
    ///
    /// - Throws: a `ValidationError`.
    public init(parsing text: String) throws(ValidationError) { try self.init(normalising: Parts(parsing: text)) }

    /// Reads a purl in what somebody else wrote: it still names a package when it breaks a rule of its type, such as an rpm without
    /// the distribution's name.
    ///
    /// - Throws: a `ValidationError` when it breaks a general rule.
    public init(tolerating text: String) throws(ValidationError) {
        var parts = try Parts(parsing: text)
        PackageURLType.normalise(&parts)
        guard !parts.name.isEmpty else { throw .nameMissing }
        self.init(unchecked: parts)
    }

    /// Applies the type's rules to parts that are already taken apart.
    private init(normalising parts: Parts) throws(ValidationError) {
        var parts = parts
        PackageURLType.normalise(&parts)
        guard !parts.name.isEmpty else { throw .nameMissing }
        if let problem = PackageURLType.problem(parts) { throw .typeRule(parts.type, problem) }
        self.init(unchecked: parts)
    }

    /// Takes normalised parts as they are.
    init(unchecked parts: Parts) {
        type = parts.type
        namespace = parts.namespace.isEmpty ? nil : parts.namespace.joined(separator: "/")
        name = parts.name
        version = parts.version
        qualifiers = parts.qualifiers
        subpath = parts.subpath.isEmpty ? nil : parts.subpath.joined(separator: "/")
    }

    /// The same package without version, qualifiers and subpath: what advisories name.
    public var withoutVersion: PackageURL {
        var parts = Parts(type: type, name: name)
        parts.namespace = (namespace ?? "").split(separator: "/").map(String.init)
        return PackageURL(unchecked: parts)
    }

    /// Namespace and name as the ecosystem writes them together, such as `@scope/name`; for apk, deb and rpm the name alone.
    public var packageName: String {
        switch type {
        case "apk", "deb", "rpm", "alpm", "qpkg": name
        case "maven": (namespace.map { $0 + ":" } ?? "") + name
        default: (namespace.map { $0 + "/" } ?? "") + name
        }
    }

    /// Whether this purl, as a statement about packages, speaks of `other`: what it leaves out (version, qualifiers) is a
    /// wildcard, what it says must be equal.
    public func matches(_ other: PackageURL) -> Bool {
        guard type == other.type, namespace == other.namespace, name == other.name else { return false }
        if let version, version != other.version { return false }
        return qualifiers.allSatisfy { other.qualifiers[$0.key] == $0.value }
    }
}

extension PackageURL {
    /// Why a text or a set of parts is not a purl.
    public enum ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
        /// It does not begin with `pkg:`.
        case schemeMissing
        /// The type is missing or has a character that types do not have.
        case typeWrong(String)
        /// There is no name.
        case nameMissing
        /// A percent sign without two hexadecimal digits, or bytes that are not UTF-8.
        case encodingWrong(String)
        /// A qualifier's key is empty or has a character that keys do not have.
        case qualifierWrong(String)
        /// A qualifier stands twice.
        case qualifierTwice(String)
        /// What this type of package asks for is not so.
        case typeRule(String, String)

        /// One line: what is wrong.
        public var description: String {
            switch self {
            case .schemeMissing: "it does not begin with \"pkg:\""
            case .typeWrong(let type): "\"\(type)\" is not a package type"
            case .nameMissing: "the name is missing"
            case .encodingWrong(let text): "\"\(text)\" is not percent-encoded as it should be"
            case .qualifierWrong(let key): "\"\(key)\" is not a qualifier"
            case .qualifierTwice(let key): "the qualifier \"\(key)\" stands twice"
            case .typeRule(let type, let why): "\(type): \(why)"
            }
        }
    }

    static func isType(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter else { return false }
        return text.utf8.allSatisfy { $0.isAlphanumeric || ".-".utf8.contains($0) }
    }

    static func isQualifierKey(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter else { return false }
        return text.utf8.allSatisfy { $0.isAlphanumeric || ".-_".utf8.contains($0) }
    }

    /// The differences between a text and the canonical form, for people who validate; empty when it is canonical.
    public static func remarks(on text: String) -> [String] {
        do {
            let canonical = try PackageURL(parsing: text).description
            return canonical == text ? [] : ["the canonical form is \(canonical)"]
        } catch {
            return [error.description]
        }
    }
}

extension PackageURL: CustomStringConvertible {
    /// The canonical form.
    public var description: String {
        var text = "pkg:" + type + "/"
        for segment in (namespace ?? "").split(separator: "/") { text += PercentEncoding.encode(segment.utf8) + "/" }
        text += PercentEncoding.encode(name.utf8)
        if let version { text += "@" + PercentEncoding.encode(version.utf8) }
        if !qualifiers.isEmpty {
            let pairs = qualifiers.sorted { $0.key < $1.key }.map {
                $0.key + "=" + PercentEncoding.encode($0.value.utf8)
            }
            text += "?" + pairs.joined(separator: "&")
        }
        if let subpath {
            text += "#" + subpath.split(separator: "/").map { PercentEncoding.encode($0.utf8) }.joined(separator: "/")
        }
        return text
    }
}

extension PackageURL: Comparable {
    /// Orders by the canonical form.
    public static func < (left: PackageURL, right: PackageURL) -> Bool { left.description < right.description }
}

extension PackageURL: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try PackageURL(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a purl: \(error)")
        }
    }

    /// Writes the canonical form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
