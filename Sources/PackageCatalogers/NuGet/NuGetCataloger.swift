// SPDX-License-Identifier: Apache-2.0

// Source: .NET documentation, "Runtime configuration files" (`.deps.json`).

import Diagnostics
import JSONValues
public import OCISpec
import Packages

/// Finds .NET packages by the `NAME.deps.json` that stands beside each program: its libraries of the type `package`.
public struct NuGetCataloger: Cataloger {
    /// `nuget`.
    public var name: String { "nuget" }

    /// Makes the cataloger.
    public init() {}

    /// The bytes of the lists.
    public func interest(in path: ImagePath) -> FileInterest {
        guard let file = path.name, file.count > 10 else { return .none }
        return file.suffix(10).elementsEqual(".deps.json".utf8) ? .contents : .none
    }

    /// Reads each list; one that is no JSON is recorded as unknown.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        for path in paths {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            guard let root = try? JSONValue(parsing: bytes, depth: context.configuration.limits.depth),
                root.object != nil
            else {
                result.note("\(path) is not JSON")
                continue
            }
            for member in root["libraries"]?.object?.members ?? [] {
                guard member.value["type"]?.string == "package" else { continue }
                let parts = member.name.split(separator: "/", maxSplits: 1).map(String.init)
                guard parts.count == 2 else {
                    result.note("\(path): \(member.name) has no version")
                    continue
                }
                result.packages.append(
                    Package(
                        type: .nuget,
                        name: parts[0],
                        version: parts[1],
                        locations: [file.location],
                        foundBy: name
                    )
                )
            }
        }
        return result
    }
}
