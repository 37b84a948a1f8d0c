// SPDX-License-Identifier: Apache-2.0

// Source: distribution/reference, reference.go and normalize.go (grammar); Docker's familiar names.

/// The name of an image: registry, repository, tag and digest.
///
/// Shape: `[domain[:port]/]path[:tag][@digest]`, normalised as Docker does: no domain means `docker.io`, one path component on
/// `docker.io` means `library/…`. A tag beside a digest is kept.
public struct ImageReference: Sendable, Hashable {
    /// The registry, such as `docker.io` or `localhost:5000`.
    public let domain: String
    /// The repository without the registry, such as `library/node`.
    public let path: String
    /// The tag as written; nil when none was written.
    public let tag: String?
    /// The digest; nil when none was written.
    public let digest: Digest?

    /// Reads a reference as a person types it or a Dockerfile's FROM has it.
    public init(parsing text: String) throws(ValidationError) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= 1024 else { throw .tooLong }
        // 64 hexadecimal digits are an image's id everywhere, so that no repository may be called that.
        if text.utf8.count == 64, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) {
            throw .pathWrong(text)
        }
        var rest = Substring(text)
        var digest: Digest?
        if let at = rest.firstIndex(of: "@") {
            do { digest = try Digest(parsing: String(rest[rest.index(after: at)...])) } catch {
                throw .digestWrong(error)
            }
            rest = rest[..<at]
        }
        var domain = "docker.io"
        var remainder = rest
        if let slash = rest.firstIndex(of: "/") {
            let first = rest[..<slash]
            if first.contains(".") || first.contains(":") || first == "localhost"
                || first.contains(where: \.isUppercase)
            {
                domain = String(first)
                remainder = rest[rest.index(after: slash)...]
            }
        }
        var tag: String?
        if let colon = remainder.lastIndex(of: ":"), !remainder[colon...].contains("/") {
            let written = String(remainder[remainder.index(after: colon)...])
            guard Self.isTag(written) else { throw .tagWrong(written) }
            tag = written
            remainder = remainder[..<colon]
        }
        var path = String(remainder)
        if domain == "index.docker.io" { domain = "docker.io" }
        guard Self.isDomain(domain) else { throw .domainWrong(domain) }
        guard !path.contains(where: \.isUppercase) else { throw .upperCase(path) }
        guard Self.isPath(path) else { throw .pathWrong(path) }
        if domain == "docker.io", !path.contains("/") { path = "library/" + path }
        guard path.utf8.count <= 255 else { throw .tooLong }
        self.init(domain: domain, path: path, tag: tag, digest: digest)
    }

    /// Makes a reference from parts that are already valid.
    public init(domain: String, path: String, tag: String?, digest: Digest?) {
        self.domain = domain
        self.path = path
        self.tag = tag
        self.digest = digest
    }

    /// The repository as people write it: without `docker.io/` and `library/`.
    public var familiarName: String {
        guard domain == "docker.io" else { return domain + "/" + path }
        return path.hasPrefix("library/") ? String(path.dropFirst(8)) : path
    }

    /// The repository in full.
    public var name: String { domain + "/" + path }

    /// The tag, or `latest` when neither tag nor digest was written; nil for a bare digest.
    public var effectiveTag: String? { tag ?? (digest == nil ? "latest" : nil) }

    /// The same reference with the tag that Docker takes when none is written.
    public var withDefaultTag: ImageReference {
        ImageReference(domain: domain, path: path, tag: effectiveTag, digest: digest)
    }

    /// As people write it, such as `node:lts-slim`.
    public var familiar: String {
        familiarName + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0.description } ?? "")
    }
}

extension ImageReference {
    /// Why a text is not a reference.
    public enum ValidationError: Error, Equatable {
        case empty, tooLong
        case domainWrong(String), pathWrong(String), upperCase(String), tagWrong(String)
        case digestWrong(Digest.ValidationError)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    static func isTag(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= 128, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else {
            return false
        }
        return bytes.allSatisfy {
            isAlphanumeric($0 | 0x20) && $0 < 0x80 && $0 >= 0x30 || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D
        }
    }

    /// Components of lower-case letters and digits, joined by `/`; inside one, single `.`, one or two `_`, or any `-`.
    static func isPath(_ text: String) -> Bool {
        guard !text.isEmpty else { return false }
        return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { component in
            var separator: [UInt8] = []
            var last: UInt8?
            for byte in component.utf8 {
                if isAlphanumeric(byte) {
                    if !separator.isEmpty {
                        guard last != nil, isSeparator(separator) else { return false }
                        separator = []
                    }
                    last = byte
                } else {
                    guard last != nil else { return false }
                    separator.append(byte)
                }
            }
            return last != nil && separator.isEmpty
        }
    }

    private static func isSeparator(_ bytes: [UInt8]) -> Bool {
        bytes == [0x2E] || bytes == [0x5F] || bytes == [0x5F, 0x5F] || bytes.allSatisfy { $0 == 0x2D }
    }

    static func isDomain(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return false }
            let port = text[text.index(after: close)...]
            let address = text[text.index(after: text.startIndex)..<close]
            return !address.isEmpty && address.allSatisfy { $0.isHexDigit || $0 == ":" }
                && (port.isEmpty || port.first == ":" && port.count > 1 && port.dropFirst().allSatisfy(\.isASCIIDigit))
        }
        guard let host = parts.first, parts.count <= 2 else { return false }
        if parts.count == 2 { guard !parts[1].isEmpty, parts[1].allSatisfy(\.isASCIIDigit) else { return false } }
        return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.utf8.first, let last = label.utf8.last else { return false }
            func isLetterOrDigit(_ byte: UInt8) -> Bool {
                isAlphanumeric(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            }
            return isLetterOrDigit(first) && isLetterOrDigit(last)
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D }
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension ImageReference: CustomStringConvertible {
    /// In full, with the registry.
    public var description: String {
        name + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0.description } ?? "")
    }
}
