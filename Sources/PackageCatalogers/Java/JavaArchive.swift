// SPDX-License-Identifier: Apache-2.0

// Source: Apache Maven, "Maven Archiver" (META-INF/maven); JAR File Specification, "JAR Manifest"; Spring Boot, "The Executable Jar File
// Structure" for archives inside.

import Archives
import Diagnostics

/// What a Java archive says of itself, and of the archives inside it.
struct JavaArchive {
    /// The packages of Maven that it says it has, each once, in the order of the archive.
    private(set) var packages: [Coordinate] = []
    /// The names of archives with classes that say of no package that it is theirs, in the order of the archive.
    private(set) var silent: [String] = []
    /// Why not all of it was read; empty where it was.
    private(set) var problems: [String] = []

    /// What names a package of Maven.
    struct Coordinate: Hashable {
        let group: String
        let artifact: String
        let version: String
    }

    /// Archives may lie in archives this deep.
    private static let deepest = 4
    private static let endings = [".jar", ".war", ".ear", ".jpi", ".hpi", ".nar"].map { Array($0.utf8) }

    /// Whether a file is named as an archive of Java is.
    static func isNamed(_ name: ArraySlice<UInt8>) -> Bool {
        endings.contains { name.count > $0.count && name.suffix($0.count).elementsEqual($0) }
    }

    /// Reads an archive under limits; what stands in the way is among the problems.
    init(_ bytes: [UInt8], named name: String, limits: Limits) {
        var limits = limits
        // All that comes out of one archive together.
        limits.expandedBytes = min(
            limits.expandedBytes,
            limits.entryBytes.multipliedReportingOverflow(by: 4).partialValue
        )
        read(bytes, name, limits, depth: 1)
    }

    private mutating func read(_ bytes: [UInt8], _ name: String, _ limits: Limits, depth: Int) {
        var hasClasses = false
        var found: [Coordinate] = []
        var isPlatform = false
        do {
            let reader = try ArchiveReader(.bytes(bytes), formats: [.zip], limits: limits)
            while let entry = try reader.next() {
                guard entry.kind == .file else { continue }
                let path = entry.path
                if path.suffix(6).elementsEqual(".class".utf8) {
                    hasClasses = true
                } else if path.elementsEqual("META-INF/MANIFEST.MF".utf8) {
                    isPlatform = Self.isPlatform(try reader.readAll(limit: 1 << 20))
                } else if path.starts(with: "META-INF/maven/".utf8),
                    path.suffix(15).elementsEqual("/pom.properties".utf8)
                {
                    if let coordinate = Self.coordinate(try reader.readAll(limit: 1 << 20)) { found.append(coordinate) }
                } else if Self.isNamed(path[...]) {
                    let inner = String(decoding: path.split(separator: 0x2F).last ?? [], as: UTF8.self)
                    guard depth < Self.deepest else {
                        problems.append("\(inner) lies deeper in archives than is looked")
                        continue
                    }
                    read(try reader.readAll(), inner, limits, depth: depth + 1)
                }
            }
        } catch let failure as Failure {
            problems.append("\(name) cannot be read: \(failure.why ?? failure.what)")
        } catch {
            problems.append("\(name) cannot be read")
        }
        for coordinate in found where !packages.contains(coordinate) { packages.append(coordinate) }
        if hasClasses, found.isEmpty, !isPlatform { silent.append(name) }
    }

    /// Whether a manifest says that the archive is a part of Java itself.
    private static func isPlatform(_ manifest: [UInt8]) -> Bool {
        String(decoding: manifest, as: UTF8.self).contains("Specification-Title: Java Platform API Specification")
    }

    /// What a `pom.properties` names; nil where one of the three is missing, or was to be replaced and was not.
    private static func coordinate(_ bytes: [UInt8]) -> Coordinate? {
        var values: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard !line.hasPrefix("#"), !line.hasPrefix("!"),
                let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" })
            else { continue }
            func bare(_ text: Substring) -> String {
                String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            values[bare(line[..<mark])] = bare(line[line.index(after: mark)...])
        }
        guard let group = values["groupId"], let artifact = values["artifactId"], let version = values["version"],
            ![group, artifact, version].contains(where: { $0.isEmpty || $0.contains("${") })
        else { return nil }
        return Coordinate(group: group, artifact: artifact, version: version)
    }
}
