// SPDX-License-Identifier: Apache-2.0

// Source: rpm 4.18, "Database backends": the table Packages of rpmdb.sqlite has a header a row.

public import ImageFilesystem
public import OCISpec
import Packages

/// Finds RPM packages in `rpmdb.sqlite`, as RPM writes it since 4.16. Older forms of the database are said not to be read.
public struct RPMCataloger: Cataloger {
    /// `rpm`.
    public var name: String { "rpm" }

    /// The folders that RPM keeps its database in.
    static let folders: [ImagePath] = ["/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm"]
    private static let file = Array("rpmdb.sqlite".utf8)
    private static let log = Array("rpmdb.sqlite-wal".utf8)

    /// Makes the cataloger.
    public init() {}

    /// The folders.
    public var places: [FileNames.Place] { Self.folders.map { .folder($0, levels: 1) } }

    /// The bytes of the database, and whether a log lies beside it.
    public func interest(in path: ImagePath) -> FileInterest {
        guard Self.folders.contains(path.parent) else { return .none }
        return path.name == Self.file ? .contents : path.name == Self.log ? .presence : .none
    }

    /// Reads each database once, whatever names it has; one that is damaged is recorded as unknown.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        var seen: Set<[UInt8]> = []
        for path in paths where path.name == Self.file {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            guard seen.insert(bytes).inserted else { continue }
            guard let database = SQLiteFile(bytes) else {
                result.note("\(path) is no database of SQLite")
                continue
            }
            var damaged = 0
            let isWhole = database.forEachRow(of: "Packages") { values in
                guard case .blob(let blob)? = values.last, let header = RPMHeader(blob) else {
                    damaged += 1
                    return
                }
                if let package = package(header, at: file, context.distribution) { result.packages.append(package) }
            }
            if !isWhole || damaged > 0 { result.note("\(path) is damaged: not all of its packages can be read") }
            let log = path.parent.appending(Self.log)
            if case .bytes(let changes)? = (try? context.resolver.file(at: log))?.content, changes.isEmpty { continue }
            if paths.contains(log) { result.note("\(log) may hold packages that \(path) does not have yet") }
        }
        return result
    }

    private func package(_ header: RPMHeader, at file: ResolvedFile, _ distribution: Distribution?) -> Package? {
        guard let name = header.text(.name), let version = header.text(.version), let release = header.text(.release)
        else { return nil }
        // A key that signatures are checked with is kept as if it were a package.
        guard name != "gpg-pubkey" else { return nil }
        let epoch = header.number(.epoch).map { "\($0):" } ?? ""
        let source = header.text(.sourcePackage).flatMap(Self.sourceName)
        return Package(
            type: .rpm,
            name: name,
            version: epoch + version + "-" + release,
            architecture: header.text(.architecture),
            origin: source.flatMap { $0 == name ? nil : Package.Origin(name: $0) },
            distribution: distribution,
            licenses: header.text(.license).map { [$0] } ?? [],
            locations: [file.location],
            maintainer: header.text(.vendor),
            summary: header.text(.summary),
            foundBy: self.name
        )
    }

    /// The name in `NAME-VERSION-RELEASE.src.rpm`.
    private static func sourceName(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, text.hasSuffix(".rpm") else { return nil }
        return parts.dropLast(2).joined(separator: "-")
    }
}
