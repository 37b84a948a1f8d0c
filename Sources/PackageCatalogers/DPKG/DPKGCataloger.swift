// SPDX-License-Identifier: Apache-2.0

// Source: dpkg-query(1), deb-control(5), dpkg(1) "Package states"; distroless' status.d.

import Diagnostics
public import ImageFilesystem
public import OCISpec
import Packages
import SystemFiles

/// Finds Debian packages in `/var/lib/dpkg/status` and, for images made without dpkg, in `/var/lib/dpkg/status.d/*`.
///
/// From `status` a package counts when its files are in the image: states installed, triggers-pending, triggers-awaited,
/// half-configured, unpacked and half-installed. Not counted: not-installed, config-files (only configuration is left) and,
/// as dpkg has it, stanzas without `Status`. The stanzas of `status.d` have no `Status`; they all count. Licences come from
/// `/usr/share/doc/<package>/copyright`; slim images often lack it, then none is given.
public struct DPKGCataloger: Cataloger {
    /// `dpkg`.
    public var name: String { "dpkg" }

    private static let doc: ImagePath = "/usr/share/doc"
    private static let copyright = Array("copyright".utf8)

    /// Makes the cataloger.
    public init() {}

    /// The databases, and a folder for each package.
    public var places: [FileNames.Place] {
        [.file(DpkgStatus.path), .folder(DpkgStatus.folder, levels: 1), .folder(Self.doc, levels: 2)]
    }

    /// The bytes of the databases and of the copyright files.
    public func interest(in path: ImagePath) -> FileInterest {
        let parts = path.components
        switch parts.count {
        case 4 where path == DpkgStatus.path: return .contents
        case 5 where parts[4] == Self.copyright && path.parent.parent == Self.doc: return .contents
        case 5 where path.parent == DpkgStatus.folder:
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
            for package in Self.packages(bytes, path: path, into: &result) {
                let copyright: (names: [String], file: ResolvedFile)?
                if let known = licenses[package.name] {
                    copyright = known
                } else {
                    copyright = Self.licenses(of: package.name, in: context)
                    licenses[package.name] = .some(copyright)
                }
                result.packages.append(
                    Package(
                        type: .deb,
                        name: package.name,
                        version: package.version,
                        architecture: package.architecture.isEmpty ? nil : package.architecture,
                        origin: package.origin.map { .init(name: $0.name, version: $0.version) },
                        distribution: context.distribution,
                        licenses: copyright?.names ?? [],
                        locations: [file.location] + (copyright.map { [$0.file.location] } ?? []),
                        maintainer: package.maintainer.isEmpty ? nil : package.maintainer,
                        summary: package.summary.isEmpty ? nil : package.summary,
                        foundBy: name
                    )
                )
            }
        }
        return result
    }

    /// The packages of a database that are there and have a name and a version; the others are noted.
    private static func packages(
        _ bytes: [UInt8],
        path: ImagePath,
        into result: inout CatalogerResult
    ) -> [DpkgPackage] {
        var packages: [DpkgPackage] = []
        var isOdd = false
        for paragraph in DpkgStatus(bytes).paragraphs {
            let package = paragraph.package
            if let line = package.strangeLine, !isOdd {
                isOdd = true
                result.note("\(path): line \(line) is not of the form Field: value")
            }
            guard package.isStarted, path != DpkgStatus.path || package.isPresent else { continue }
            guard !package.name.isEmpty, !package.version.isEmpty else {
                result.note(
                    "\(path): the stanza that ends before line \(paragraph.endLine) has no name or no version"
                )
                continue
            }
            packages.append(package)
        }
        return packages
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
