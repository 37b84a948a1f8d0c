// SPDX-License-Identifier: Apache-2.0

// Source: dpkg-query(1), deb-control(5), dpkg(1) "Package states"; distroless' status.d.

import Diagnostics
public import OCISpec
import Packages

/// Finds Debian packages in `/var/lib/dpkg/status` and, for images made without dpkg, in `/var/lib/dpkg/status.d/*`.
///
/// From `status` a package counts when its files are in the image: states installed, triggers-pending, triggers-awaited,
/// half-configured, unpacked and half-installed. Not counted: not-installed, config-files (only configuration is left) and,
/// as dpkg has it, stanzas without `Status`. The stanzas of `status.d` have no `Status`; they all count. Licences come from
/// `/usr/share/doc/<package>/copyright`; slim images often lack it, then none is given.
public struct DPKGCataloger: Cataloger {
    /// `dpkg`.
    public var name: String { "dpkg" }

    private static let status: ImagePath = "/var/lib/dpkg/status"
    private static let folder: ImagePath = "/var/lib/dpkg/status.d"
    private static let doc: ImagePath = "/usr/share/doc"
    private static let copyright = Array("copyright".utf8)

    /// Makes the cataloger.
    public init() {}

    /// The bytes of the databases and of the copyright files.
    public func interest(in path: ImagePath) -> FileInterest {
        let parts = path.components
        switch parts.count {
        case 4 where path == Self.status: return .contents
        case 5 where parts[4] == Self.copyright && path.parent.parent == Self.doc: return .contents
        case 5 where path.parent == Self.folder:
            return parts[4].suffix(8).elementsEqual(".md5sums".utf8) ? .none : .contents
        default: return .none
        }
    }

    /// Reads the databases, then the copyright file of each package.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        var licenses: [String: (names: [String], file: ResolvedFile)?] = [:]
        for path in paths where path.name != Self.copyright {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            let stanzas = Self.stanzas(bytes, path: path, needsStatus: path == Self.status, into: &result)
            for stanza in stanzas {
                let copyright: (names: [String], file: ResolvedFile)?
                if let known = licenses[stanza.name] {
                    copyright = known
                } else {
                    copyright = Self.licenses(of: stanza.name, in: context)
                    licenses[stanza.name] = .some(copyright)
                }
                result.packages.append(
                    Package(
                        type: .deb,
                        name: stanza.name,
                        version: stanza.version,
                        architecture: stanza.architecture.isEmpty ? nil : stanza.architecture,
                        origin: stanza.origin,
                        distribution: context.distribution,
                        licenses: copyright?.names ?? [],
                        locations: [file.location] + (copyright.map { [$0.file.location] } ?? []),
                        maintainer: stanza.maintainer.isEmpty ? nil : stanza.maintainer,
                        summary: stanza.summary.isEmpty ? nil : stanza.summary,
                        foundBy: name
                    )
                )
            }
        }
        return result
    }

    /// The licences of a package; a copyright file that cannot be read is as none, for it hides no package.
    private static func licenses(of name: String, in context: CatalogContext) -> (names: [String], file: ResolvedFile)?
    {
        let path = doc.appending(name).appending(copyright)
        guard path.components.count == 5, let file = try? context.resolver.file(at: path),
            case .bytes(let bytes) = file.content, bytes.count <= context.configuration.limits.entryBytes
        else { return nil }
        return (CopyrightFile.licenses(in: bytes), file)
    }
}

extension DPKGCataloger {
    struct Stanza {
        var name = ""
        var version = ""
        var architecture = ""
        var source = ""
        var status = ""
        var maintainer = ""
        var summary = ""
        var isStarted = false

        /// The source package, where name or version differ from the binary's.
        var origin: Package.Origin? {
            guard !source.isEmpty else { return nil }
            let parts = source.split(separator: " ", maxSplits: 1)
            guard let first = parts.first else { return nil }
            var version: String?
            if parts.count == 2, parts[1].hasPrefix("("), parts[1].hasSuffix(")") {
                version = String(parts[1].dropFirst().dropLast())
                if version == self.version || version == "" { version = nil }
            }
            return first == name && version == nil ? nil : Package.Origin(name: String(first), version: version)
        }

        /// Whether the package's files are in the image.
        var isPresent: Bool {
            switch status.split(separator: " ").last {
            case "installed", "triggers-pending", "triggers-awaited", "half-configured", "unpacked", "half-installed":
                true
            default: false
            }
        }
    }

    static func stanzas(
        _ bytes: [UInt8],
        path: ImagePath,
        needsStatus: Bool,
        into result: inout CatalogerResult
    ) -> [Stanza] {
        var stanzas: [Stanza] = []
        func close(_ stanza: inout Stanza, _ line: Int, _ result: inout CatalogerResult) {
            defer { stanza = Stanza() }
            guard stanza.isStarted, !needsStatus || stanza.isPresent else { return }
            guard !stanza.name.isEmpty, !stanza.version.isEmpty else {
                result.note("\(path): the stanza that ends before line \(line) has no name or no version")
                return
            }
            stanzas.append(stanza)
        }
        bytes.withUnsafeBufferPointer { buffer in
            var stanza = Stanza()
            var number = 0
            var strange = 0
            for line in ByteLines(buffer) {
                number += 1
                guard let first = line.first else {
                    close(&stanza, number, &result)
                    continue
                }
                if first == 0x20 || first == 0x09 { continue }
                stanza.isStarted = true
                switch first | 0x20 {
                case UInt8(ascii: "p") where line.isField("Package"): stanza.name = line.text(from: 8)
                case UInt8(ascii: "v") where line.isField("Version"): stanza.version = line.text(from: 8)
                case UInt8(ascii: "a") where line.isField("Architecture"): stanza.architecture = line.text(from: 13)
                case UInt8(ascii: "s") where line.isField("Status"): stanza.status = line.text(from: 7)
                case UInt8(ascii: "s") where line.isField("Source"): stanza.source = line.text(from: 7)
                case UInt8(ascii: "m") where line.isField("Maintainer"): stanza.maintainer = line.text(from: 11)
                case UInt8(ascii: "d") where line.isField("Description"): stanza.summary = line.text(from: 12)
                case _ where !line.contains(UInt8(ascii: ":")):
                    strange += 1
                    if strange == 1 { result.note("\(path): line \(number) is not of the form Field: value") }
                default: break
                }
            }
            close(&stanza, number + 1, &result)
        }
        return stanzas
    }
}
