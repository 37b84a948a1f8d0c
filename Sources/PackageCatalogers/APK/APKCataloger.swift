// SPDX-License-Identifier: Apache-2.0

// Source: apk-tools, doc/apk-package.5 and the installed database that apk 2.14 and 3.0 write.

public import ImageFilesystem
public import OCISpec
import Packages
import SystemFiles

/// Finds Alpine packages in apk's installed database: `/lib/apk/db/installed`, and `/usr/lib/apk/db/installed` since apk 3.
///
/// Shape: paragraphs of lines `X:value`; P name, V version, A architecture, L licence, o origin, m maintainer, T description;
/// from the first F on a paragraph lists files, which are skipped.
public struct APKCataloger: Cataloger {
    /// `apk`.
    public var name: String { "apk" }

    /// Makes the cataloger.
    public init() {}

    /// The databases.
    public var places: [FileNames.Place] { ApkInstalled.paths.map { .file($0) } }

    /// The bytes of the database.
    public func interest(in path: ImagePath) -> FileInterest {
        path.components.last?.count == 9 && ApkInstalled.paths.contains(path) ? .contents : .none
    }

    /// Reads the database.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        for path in paths {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            parse(bytes, file: file, distribution: context.distribution, into: &result)
        }
        return result
    }

    private func parse(
        _ bytes: [UInt8],
        file: ResolvedFile,
        distribution: Distribution?,
        into result: inout CatalogerResult
    ) {
        func text(_ value: String) -> String? { value.isEmpty ? nil : value }
        var isOdd = false
        for entry in ApkInstalled(bytes).entries {
            let package = entry.package
            if let line = package.strangeLine, !isOdd {
                isOdd = true
                result.note("\(file.path): line \(line) is not of the form X:value")
            }
            guard package.isStarted else { continue }
            guard !package.name.isEmpty, !package.version.isEmpty else {
                result.note("\(file.path): the entry that ends before line \(entry.endLine) has no name or no version")
                continue
            }
            result.packages.append(
                Package(
                    type: .apk,
                    name: package.name,
                    version: package.version,
                    architecture: text(package.architecture),
                    origin: package.origin.isEmpty || package.origin == package.name
                        ? nil : .init(name: package.origin),
                    distribution: distribution,
                    licenses: package.license.isEmpty ? [] : [package.license],
                    locations: [file.location],
                    maintainer: text(package.maintainer),
                    summary: text(package.summary),
                    foundBy: name
                )
            )
        }
    }
}
