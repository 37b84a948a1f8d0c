// SPDX-License-Identifier: Apache-2.0

// Source: deb-control(5), dpkg-query(1) "--admindir"; machine-readable debian/copyright file 1.0.

import OCISpec
import SystemFiles

/// The package database of a Debian image, written from a list of the kit.
struct DpkgDatabase {
    private let packages: [Package]

    /// One package of the list.
    struct Package {
        let name: String
        let version: String
        let source: String
        let sourceVersion: String
        let architecture: String
        let priority: String
        let section: String
        let flags: String
        let installedSize: String
        let maintainer: String
        let licenses: [String]
        let depends: String
        let summary: String
    }

    /// Reads a list: maintainers (`M`) and licences (`L`) by number, then the packages (`P`).
    init(_ records: [KitRecord]) {
        var maintainers: [String: String] = [:]
        var licenses: [String: String] = [:]
        var packages: [Package] = []
        for record in records {
            switch record.kind {
            case "M": maintainers[record[0]] = record[1]
            case "L": licenses[record[0]] = record[1]
            case "P":
                packages.append(
                    Package(
                        name: record[0],
                        version: record[1],
                        source: record[2],
                        sourceVersion: record[3],
                        architecture: record[4],
                        priority: record[5],
                        section: record[6],
                        flags: record[7],
                        installedSize: record[8],
                        maintainer: maintainers[record[9]] ?? "",
                        licenses: KitList.licenses(licenses[record[10]] ?? ""),
                        depends: record[11],
                        summary: record[12]
                    )
                )
            default: continue
            }
        }
        self.packages = packages.sorted { $0.name < $1.name }
    }

    /// The files of the database: `status`, the lists of files, and a copyright file where licences are recorded.
    func files(pathsOfPackage: [String: [ImagePath]]) -> [(path: ImagePath, bytes: [UInt8], mode: UInt16)] {
        var files: [(path: ImagePath, bytes: [UInt8], mode: UInt16)] = []
        var status = DpkgStatus()
        for package in packages {
            status.append(package.fields)
            let isSame = package.flags.contains("s")
            let list = package.name + (isSame ? ":" + package.architecture : "") + ".list"
            files.append(
                (
                    DpkgStatus.infoFolder.appending(list),
                    Self.list(pathsOfPackage[package.name] ?? []),
                    0o644
                )
            )
            if !package.licenses.isEmpty {
                let path = ImagePath("/usr/share/doc/\(package.name)/copyright")
                files.append((path, Array(package.copyright.utf8), 0o644))
            }
        }
        files.append((DpkgStatus.infoFolder.appending("format"), Array("1\n".utf8), 0o644))
        files.append((DpkgStatus.path, status.bytes, 0o644))
        return files
    }

    /// Every folder on the way comes before what it holds, as dpkg writes it.
    private static func list(_ paths: [ImagePath]) -> [UInt8] {
        var all: Set<ImagePath> = []
        for path in paths {
            var path = path
            while !path.isRoot, all.insert(path).inserted { path = path.parent }
        }
        var bytes = Array("/.\n".utf8)
        for path in all.sorted() {
            bytes += path.bytes
            bytes.append(0x0A)
        }
        return bytes
    }
}

extension DpkgDatabase.Package {
    /// The package's paragraph of `status`.
    fileprivate var fields: [(name: String, value: String)] {
        var fields = [(name: "Package", value: name)]
        if flags.contains("e") { fields.append(("Essential", "yes")) }
        fields.append(("Status", "install ok installed"))
        fields.append(("Priority", priority))
        fields.append(("Section", section))
        if !installedSize.isEmpty { fields.append(("Installed-Size", installedSize)) }
        fields.append(("Maintainer", maintainer))
        fields.append(("Architecture", architecture))
        if let multiArch { fields.append(("Multi-Arch", multiArch)) }
        if !source.isEmpty || !sourceVersion.isEmpty {
            let written = source.isEmpty ? name : source
            fields.append(("Source", written + (sourceVersion.isEmpty ? "" : " (\(sourceVersion))")))
        }
        fields.append(("Version", version))
        if !depends.isEmpty { fields.append(("Depends", depends)) }
        fields.append(("Description", summary))
        return fields
    }

    private var multiArch: String? {
        if flags.contains("s") { return "same" }
        if flags.contains("f") { return "foreign" }
        return flags.contains("a") ? "allowed" : nil
    }

    /// A copyright file that names the recorded licences and says that it does no more.
    fileprivate var copyright: String {
        KitList.copyright(source: source.isEmpty ? name : source, licenses: licenses)
    }
}
