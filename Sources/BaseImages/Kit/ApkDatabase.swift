// SPDX-License-Identifier: Apache-2.0

// Source: apk-tools, apk-package(5) and the installed database of apk 2 and 3 ("/lib/apk/db/installed").

import ImageFilesystem
import OCISpec
import SystemFiles

/// The package database of an Alpine image, written from a list of the kit.
struct ApkDatabase {
    private let packages: [Package]

    /// One package of the list.
    struct Package {
        let name: String
        let version: String
        let architecture: String
        let origin: String
        let license: String
        let depends: String
        let provides: String
        let checksum: String
        let summary: String
    }

    /// Reads a list of packages (`P`).
    init(_ records: [KitRecord]) {
        packages = records.filter { $0.kind == "P" }.map { record in
            Package(
                name: record[0],
                version: record[1],
                architecture: record[2],
                origin: record[3].isEmpty ? record[0] : record[3],
                license: record[4],
                depends: record[5],
                provides: record[6],
                checksum: record[7],
                summary: record[8]
            )
        }
    }

    /// The files of the database.
    ///
    /// - Parameter time: seconds since 1970, written as the packages' build time.
    func files(
        pathsOfPackage: [String: [ImagePath]],
        tree: FileTree,
        time: Int
    ) -> [(path: ImagePath, bytes: [UInt8], mode: UInt16)] {
        var installed = ApkInstalled()
        for package in packages {
            installed.append(package.lines(time: time) + Self.paths(pathsOfPackage[package.name] ?? [], tree: tree))
        }
        return [
            (ApkInstalled.paths[0], installed.bytes, 0o644),
            (ImagePath("/lib/apk/db/triggers"), [], 0o644),
            (ImagePath("/lib/apk/db/lock"), [], 0o600),
        ]
    }

    /// `F:` for a folder with `M:` where its owner or mode is unusual, `R:` for what lies in it with `a:` likewise.
    private static func paths(_ paths: [ImagePath], tree: FileTree) -> [ApkInstalled.Line] {
        var folders: [ImagePath: [ImagePath]] = [:]
        for path in paths {
            if tree.node(at: path)?.isDirectory == true {
                folders[path, default: []] += []
            } else {
                folders[path.parent, default: []].append(path)
            }
        }
        var lines: [ApkInstalled.Line] = []
        for folder in folders.keys.sorted() {
            guard let node = tree.node(at: folder) else { continue }
            lines.append(.init("F", folder.bytes.dropFirst()))
            if node.mode != 0o755 || node.uid != 0 || node.gid != 0 {
                lines.append(.init("M", "\(node.uid):\(node.gid):\(octal(node.mode))"))
            }
            for path in Set(folders[folder] ?? []).sorted() {
                guard let node = tree.node(at: path), let name = path.name else { continue }
                lines.append(.init("R", name))
                if node.mode != 0o644 || node.uid != 0 || node.gid != 0 {
                    lines.append(.init("a", "\(node.uid):\(node.gid):\(octal(node.mode))"))
                }
            }
        }
        return lines
    }

    private static func octal(_ mode: UInt16) -> String { String(mode, radix: 8) }
}

extension ApkDatabase.Package {
    fileprivate func lines(time: Int) -> [ApkInstalled.Line] {
        var lines: [ApkInstalled.Line] = [
            .init("C", checksum), .init("P", name), .init("V", version), .init("A", architecture), .init("T", summary),
            .init("L", license), .init("o", origin), .init("t", String(time)),
        ]
        if !depends.isEmpty { lines.append(.init("D", depends)) }
        if !provides.isEmpty { lines.append(.init("p", provides)) }
        return lines
    }
}
