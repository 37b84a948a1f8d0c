// SPDX-License-Identifier: Apache-2.0

// Source: as `JavaArchive`.

public import OCISpec
import Packages

/// Finds packages of Maven in Java archives, archives inside included, by what Maven writes into them.
///
/// An archive that another tool made does not say which package it is: its name is no proof, so it is said to be unknown.
public struct JavaCataloger: Cataloger {
    /// `java`.
    public var name: String { "java" }

    /// Makes the cataloger.
    public init() {}

    /// The bytes of archives, by their names' ends.
    public func interest(in path: ImagePath) -> FileInterest { Self.isArchive(path) ? .contents : .none }

    /// Whether a file is named as an archive of Java is.
    static func isArchive(_ path: ImagePath) -> Bool {
        guard path.components.count > 1, let name = path.name else { return false }
        return JavaArchive.isNamed(name[...])
    }

    /// Reads each archive under limits; what it does not say, and what cannot be read of it, is recorded as unknown.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        for path in paths {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            let name = String(decoding: path.name ?? [], as: UTF8.self)
            let archive = JavaArchive(bytes, named: name, limits: context.configuration.limits)
            for coordinate in archive.packages {
                result.packages.append(
                    Package(
                        type: .maven,
                        name: coordinate.group + ":" + coordinate.artifact,
                        version: coordinate.version,
                        locations: [file.location],
                        foundBy: self.name
                    )
                )
            }
            if let first = archive.silent.first {
                let more = archive.silent.count > 1 ? " and \(archive.silent.count - 1) more archives" : ""
                let place = first == name ? "" : " in it"
                result.note(
                    "\(path) is a Java archive: \(first)\(more)\(place) of classes that do not say which Maven packages they are of"
                )
            }
            if let first = archive.problems.first {
                let more = archive.problems.count > 1 ? " (and \(archive.problems.count - 1) more)" : ""
                result.note("\(path) is a Java archive that was not wholly read: \(first)\(more)")
            }
        }
        return result
    }
}
