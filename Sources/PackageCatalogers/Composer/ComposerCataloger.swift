// SPDX-License-Identifier: Apache-2.0

// Source: Composer 2, `vendor/composer/installed.json`; Composer 1 wrote the list alone.

import Diagnostics
import JSONValues
public import OCISpec
import Packages

/// Finds PHP packages by what Composer says that it installed: `composer/installed.json` in the folder of packages.
public struct ComposerCataloger: Cataloger {
    /// `composer`.
    public var name: String { "composer" }

    /// Makes the cataloger.
    public init() {}

    /// The bytes of the lists.
    public func interest(in path: ImagePath) -> FileInterest {
        let parts = path.components
        guard parts.count >= 3, parts[parts.count - 1].elementsEqual("installed.json".utf8) else { return .none }
        return parts[parts.count - 2].elementsEqual("composer".utf8) ? .contents : .none
    }

    /// Reads each list; one that is no JSON, and a package without a name or a version, are recorded as unknown.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        for path in paths {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            guard let root = try? JSONValue(parsing: bytes, depth: context.configuration.limits.depth),
                let packages = root["packages"]?.array ?? root.array
            else {
                result.note("\(path) is not a list of Composer's packages")
                continue
            }
            for (place, entry) in packages.enumerated() {
                guard let name = entry["name"]?.string, !name.isEmpty, let version = entry["version"]?.string,
                    !version.isEmpty
                else {
                    result.note("\(path): package \(place + 1) has no name or no version")
                    continue
                }
                let licenses =
                    entry["license"]?.array?.compactMap(\.string) ?? [entry["license"]?.string].compactMap(\.self)
                result.packages.append(
                    Package(
                        type: .composer,
                        name: name,
                        version: version,
                        // Of several licences in the list one may be chosen.
                        licenses: licenses.isEmpty ? [] : [licenses.joined(separator: " OR ")],
                        locations: [file.location],
                        summary: entry["description"]?.string,
                        foundBy: self.name
                    )
                )
            }
        }
        return result
    }
}
