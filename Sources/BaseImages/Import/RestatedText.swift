// SPDX-License-Identifier: Apache-2.0

// Source: deb-control(5), apk-package(5), machine-readable debian/copyright file 1.0, os-release(5).

import JSONValues
public import OCISpec
import SystemFiles

/// What a description says of a file that tells what an image is: accounts, package databases, manifests, a few settings.
///
/// Facts alone are restated: names, numbers, versions, relations, licences. Comments, texts, hashes and addresses are left out; of no
/// other file of an image anything but name, size, mode and owner is kept.
public enum RestatedText {
    /// How large a file may be that is restated.
    private static let maximalBytes = 16 << 20

    /// Whether the bytes of a file are needed for a description.
    public static func isWanted(_ path: ImagePath, sizeBytes: Int) -> Bool {
        sizeBytes <= maximalBytes && kind(of: path) != nil
    }

    /// What a description says of a file; nil for one of which nothing is restated.
    static func text(of path: ImagePath, _ bytes: [UInt8]) -> [UInt8]? {
        switch kind(of: path) {
        case .passwd?: lines(bytes) { PasswdEntry(AccountRow(bytes: $0)).map { passwd($0) } }
        case .group?: lines(bytes) { GroupEntry(AccountRow(bytes: $0)).map { group($0) } }
        case .shadow?: lines(bytes) { shadow(AccountRow(bytes: $0)) }
        case .settings?: lines(bytes) { isRemark($0) ? nil : $0 }
        case .dpkg?: paragraphs(bytes)
        case .apk?:
            lines(bytes, keepsEmpty: true) {
                apkFields.contains($0.first ?? 0) && $0.dropFirst().first == 0x3A ? $0 : nil
            }
        case .list?: bytes
        case .copyright?: lines(bytes, keepsEmpty: true) { copyright($0) }
        case .manifest?: manifest(bytes)
        case nil: nil
        }
    }

    private enum Kind {
        case passwd, group, shadow, settings, dpkg, apk, list, copyright, manifest
    }

    private static let settings: Set<ImagePath> = [
        "/etc/login.defs", "/etc/adduser.conf", "/etc/deluser.conf", "/etc/default/useradd", "/etc/shells",
        "/etc/debian_version", "/etc/alpine-release", "/etc/apk/arch", "/etc/apk/world", "/etc/apk/repositories",
        "/etc/nsswitch.conf",
    ]

    private static func kind(of path: ImagePath) -> Kind? {
        if OSRelease.paths.contains(path) || settings.contains(path) { return .settings }
        if path == DpkgStatus.path || path.parent == "/var/lib/dpkg/status.d" { return .dpkg }
        if ApkInstalled.paths.contains(path) { return .apk }
        switch AccountFile.Name.allCases.first(where: { $0.path == path }) {
        case .passwd?: return .passwd
        case .group?: return .group
        case .shadow?, .gshadow?: return .shadow
        case .subuid?, .subgid?: return .settings
        case nil: break
        }
        let name = path.name.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if path.parent == DpkgStatus.infoFolder { return name.hasSuffix(".list") ? .list : nil }
        if name == "copyright", path.isInside("/usr/share/doc") { return .copyright }
        if name == "node_version.h" { return .settings }
        return name == "package.json" && path.components.contains(Array("node_modules".utf8)) ? .manifest : nil
    }

    // MARK: Accounts

    private static func passwd(_ entry: PasswdEntry) -> [UInt8] {
        var entry = entry
        entry.password = "x"
        entry.comment = ""
        return entry.row.bytes
    }

    private static func group(_ entry: GroupEntry) -> [UInt8] {
        var entry = entry
        entry.password = "x"
        return entry.row.bytes
    }

    /// An account that can be logged in to with a password is one that cannot.
    private static func shadow(_ row: AccountRow) -> [UInt8]? {
        guard let hash = row.fields.dropFirst().first else { return nil }
        return row.replacing(1, with: hash == "*" ? "*" : "!")?.bytes
    }

    // MARK: Databases

    private static let apkFields = Set("CPVASILotDprFMRaZ".utf8)
    private static let dpkgFields: Set<String> = [
        "package", "essential", "status", "priority", "section", "installed-size", "architecture", "multi-arch",
        "source",
        "version", "depends", "pre-depends", "provides",
    ]

    /// The fields of paragraphs that are restated; a field goes on in lines that begin with a blank.
    private static func paragraphs(_ bytes: [UInt8]) -> [UInt8] {
        var keeps = false
        return lines(bytes, keepsEmpty: true) { line in
            guard let first = line.first else { return line }
            if first != 0x20, first != 0x09 {
                let name = String(decoding: line.prefix { $0 != 0x3A }, as: UTF8.self).lowercased()
                keeps = dpkgFields.contains(name)
            }
            return keeps ? line : nil
        }
    }

    /// The names of licences and the files that they are of.
    private static func copyright(_ line: [UInt8]) -> [UInt8]? {
        let text = String(decoding: line.prefix(200), as: UTF8.self)
        return line.isEmpty || ["Format:", "Files:", "License:", "Upstream-Name:"].contains { text.hasPrefix($0) }
            ? line : nil
    }

    private struct Manifest: Codable {
        let name: String?
        let version: String?
        let license: License?

        enum License: Codable {
            case text(String)
            case other

            init(from decoder: any Decoder) throws {
                self = (try? decoder.singleValueContainer().decode(String.self)).map { .text($0) } ?? .other
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                if case .text(let text) = self { try container.encode(text) } else { try container.encodeNil() }
            }
        }
    }

    private static func manifest(_ bytes: [UInt8]) -> [UInt8]? {
        guard let manifest = try? JSONReader.decode(Manifest.self, from: bytes, limits: .own) else { return nil }
        return try? JSONWriter.bytes(of: manifest) + [0x0A]
    }

    // MARK: Lines

    private static func isRemark(_ line: [UInt8]) -> Bool {
        line.first { $0 != 0x20 && $0 != 0x09 }.map { $0 == 0x23 } ?? true
    }

    private static func lines(_ bytes: [UInt8], keepsEmpty: Bool = false, _ kept: ([UInt8]) -> [UInt8]?) -> [UInt8] {
        var result: [UInt8] = []
        var parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        for part in parts where keepsEmpty || !part.isEmpty {
            guard let line = kept(Array(part)) else { continue }
            result += line
            result.append(0x0A)
        }
        return result
    }
}
