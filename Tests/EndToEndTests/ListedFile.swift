// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A file as `image files --json` lists it.
struct ListedFile: Decodable, Equatable {
    let path: String
    let type: String
    let mode: String
    let uid: Int
    let gid: Int
    let size: Int?
    let link: String?
    let layer: Int?
}

/// A file as `find` sees it in a folder of the host.
struct FoundFile {
    let type: Character
    let mode: String
    let uid: Int
    let gid: Int
    let size: Int
    let inode: UInt64
    let link: String

    /// Everything below a folder by its path with a slash in front.
    static func all(below folder: String) throws -> [String: FoundFile] {
        try parse(try Judge.run("find", [folder, "-mindepth", "1", "-printf", Self.format]))
    }

    /// What `find -printf` is given: a record is three texts that end in NUL, for names may hold anything else.
    static let format = #"%y %m %U %G %s %i\0/%P\0%l\0"#

    static func parse(_ bytes: [UInt8]) throws -> [String: FoundFile] {
        let texts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        var result: [String: FoundFile] = [:]
        for start in stride(from: 0, to: texts.count - 2, by: 3) {
            let fields = texts[start].split(separator: " ").map(String.init)
            try #require(fields.count == 6, "find said \(texts[start])")
            result[texts[start + 1]] = FoundFile(
                type: try #require(fields[0].first),
                mode: String(repeating: "0", count: max(0, 4 - fields[1].count)) + fields[1],
                uid: try #require(Int(fields[2])),
                gid: try #require(Int(fields[3])),
                size: try #require(Int(fields[4])),
                inode: try #require(UInt64(fields[5])),
                link: texts[start + 2]
            )
        }
        return result
    }
}

/// Where a listing and a folder of the host disagree; empty when they are the same.
func differences(_ listed: [ListedFile], _ found: [String: FoundFile]) -> [String] {
    let types: [String: Character] = [
        "file": "f", "hardlink": "f", "dir": "d", "symlink": "l", "char": "c", "block": "b", "fifo": "p",
    ]
    var result: [String] = []
    var seen: Set<String> = []
    for file in listed {
        guard seen.insert(file.path).inserted else {
            result.append("\(file.path) is listed twice")
            continue
        }
        guard let other = found[file.path] else {
            result.append("\(file.path) is not in the folder")
            continue
        }
        var wrong: [String] = []
        if types[file.type] != other.type { wrong.append("type \(file.type), not \(other.type)") }
        if file.type != "symlink", file.mode != other.mode { wrong.append("mode \(file.mode), not \(other.mode)") }
        if file.uid != other.uid || file.gid != other.gid {
            wrong.append("owner \(file.uid):\(file.gid), not \(other.uid):\(other.gid)")
        }
        if file.type == "file", file.size != other.size { wrong.append("size \(file.size ?? -1), not \(other.size)") }
        if file.type == "symlink", file.link != other.link {
            wrong.append("link \(file.link ?? ""), not \(other.link)")
        }
        if file.type == "hardlink", found[file.link ?? ""]?.inode != other.inode {
            wrong.append("\(file.link ?? "nothing") is not the same file")
        }
        if !wrong.isEmpty { result.append("\(file.path): \(wrong.joined(separator: "; "))") }
    }
    result += found.keys.filter { !seen.contains($0) }.sorted().map { "\($0) is not listed" }
    return result
}

/// A package as `dpkg-query` and we both say it.
struct ListedPackage: Hashable, Comparable {
    let name: String
    let version: String
    let architecture: String

    static func < (left: ListedPackage, right: ListedPackage) -> Bool {
        (left.name, left.version, left.architecture) < (right.name, right.version, right.architecture)
    }

    /// The `deb` packages of an SPDX document, by their package URLs; duplicates are kept.
    static func all(inSPDX bytes: [UInt8]) throws -> [ListedPackage] {
        struct Document: Decodable {
            struct Package: Decodable {
                struct Reference: Decodable {
                    let referenceType: String
                    let referenceLocator: String
                }
                let name: String
                let versionInfo: String?
                let externalRefs: [Reference]?
            }
            let packages: [Package]
        }
        return try JSONDecoder().decode(Document.self, from: Data(bytes)).packages.compactMap { package in
            let purl = package.externalRefs?.first {
                $0.referenceType == "purl" && $0.referenceLocator.hasPrefix("pkg:deb/debian/")
            }
            guard let purl else { return nil }
            let qualifiers = purl.referenceLocator.split(separator: "?").dropFirst().first?.split(separator: "&") ?? []
            let architecture = qualifiers.first { $0.hasPrefix("arch=") }?.dropFirst(5) ?? ""
            return ListedPackage(
                name: package.name,
                version: package.versionInfo ?? "",
                architecture: String(architecture)
            )
        }
    }
}
