// SPDX-License-Identifier: Apache-2.0

// Source: apk-tools, doc/apk-package.5 and the installed database that apk 2.14 and 3.0 write.

public import OCISpec
import Packages

/// Finds Alpine packages in apk's installed database: `/lib/apk/db/installed`, and `/usr/lib/apk/db/installed` since apk 3.
///
/// Shape: paragraphs of lines `X:value`; P name, V version, A architecture, L licence, o origin, m maintainer, T description;
/// from the first F on a paragraph lists files, which are skipped.
public struct APKCataloger: Cataloger {
    /// `apk`.
    public var name: String { "apk" }

    private static let databases: Set<ImagePath> = ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"]

    /// Makes the cataloger.
    public init() {}

    /// The bytes of the database.
    public func interest(in path: ImagePath) -> FileInterest {
        path.components.last?.count == 9 && Self.databases.contains(path) ? .contents : .none
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

    private struct Entry {
        var name = ""
        var version = ""
        var architecture = ""
        var license = ""
        var origin = ""
        var maintainer = ""
        var summary = ""
        var isStarted = false
        var isListingFiles = false
    }

    private func parse(
        _ bytes: [UInt8],
        file: ResolvedFile,
        distribution: Distribution?,
        into result: inout CatalogerResult
    ) {
        func text(_ value: String) -> String? { value.isEmpty ? nil : value }
        func close(_ entry: inout Entry, _ line: Int, _ result: inout CatalogerResult) {
            defer { entry = Entry() }
            guard entry.isStarted else { return }
            guard !entry.name.isEmpty, !entry.version.isEmpty else {
                result.note("\(file.path): the entry that ends before line \(line) has no name or no version")
                return
            }
            result.packages.append(
                Package(
                    type: .apk,
                    name: entry.name,
                    version: entry.version,
                    architecture: text(entry.architecture),
                    origin: entry.origin.isEmpty || entry.origin == entry.name ? nil : .init(name: entry.origin),
                    distribution: distribution,
                    licenses: entry.license.isEmpty ? [] : [entry.license],
                    locations: [file.location],
                    maintainer: text(entry.maintainer),
                    summary: text(entry.summary),
                    foundBy: name
                )
            )
        }
        bytes.withUnsafeBufferPointer { buffer in
            var entry = Entry()
            var number = 0
            var strange = 0
            for line in ByteLines(buffer) {
                number += 1
                if line.isEmpty {
                    close(&entry, number, &result)
                    continue
                }
                guard line.count >= 2, line[1] == UInt8(ascii: ":") else {
                    strange += 1
                    if strange == 1 { result.note("\(file.path): line \(number) is not of the form X:value") }
                    continue
                }
                entry.isStarted = true
                if entry.isListingFiles { continue }
                switch line[0] {
                case UInt8(ascii: "P"): entry.name = line.text(from: 2)
                case UInt8(ascii: "V"): entry.version = line.text(from: 2)
                case UInt8(ascii: "A"): entry.architecture = line.text(from: 2)
                case UInt8(ascii: "L"): entry.license = line.text(from: 2)
                case UInt8(ascii: "o"): entry.origin = line.text(from: 2)
                case UInt8(ascii: "m"): entry.maintainer = line.text(from: 2)
                case UInt8(ascii: "T"): entry.summary = line.text(from: 2)
                case UInt8(ascii: "F"): entry.isListingFiles = true
                default: break
                }
            }
            close(&entry, number + 1, &result)
        }
    }
}
