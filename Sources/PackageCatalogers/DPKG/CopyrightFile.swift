// SPDX-License-Identifier: Apache-2.0

// Source: Debian machine-readable copyright file 1.0 (DEP-5); Debian policy 12.5.

import SystemFiles

/// A Debian package's `copyright` file.
enum CopyrightFile {
    /// The licences that the file names, sorted, as it spells them.
    ///
    /// Machine-readable files say them in the `License:` fields of their header and of the stanzas that name `Files:`; a stanza
    /// with neither holds the text of a licence that the others may name, and says nothing of the package. Of other files only
    /// those under `/usr/share/common-licenses` that they point to are taken, for the rest is prose.
    static func licenses(in bytes: [UInt8]) -> [String] {
        bytes.withUnsafeBufferPointer { buffer in
            isMachineReadable(buffer) ? fields(buffer) : commonLicenses(buffer)
        }
    }

    private static func isMachineReadable(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
        for line in ByteLines(buffer).prefix(50) where !line.text(from: 0).isEmpty {
            guard line.isField("Format") || line.isField("Format-Specification") else { continue }
            let value = line.text(from: 0).lowercased()
            return value.contains("copyright-format") || value.contains("dep5") || value.contains("dep-5")
        }
        return false
    }

    private static func fields(_ buffer: UnsafeBufferPointer<UInt8>) -> [String] {
        var names: Set<String> = []
        var stanza = Stanza()
        for line in ByteLines(buffer) {
            if line.text(from: 0).isEmpty {
                names.formUnion(stanza.licenses)
                stanza = Stanza()
            } else if line.isField("Files") || line.isField("Format") || line.isField("Format-Specification") {
                stanza.saysWhatApplies = true
            } else if line.isField("License") {
                let name = line.text(from: 8)
                if !name.isEmpty { stanza.names.append(name) }
            }
        }
        names.formUnion(stanza.licenses)
        return names.sorted()
    }

    /// What stands between two empty lines.
    private struct Stanza {
        /// Whether it is the header or names files.
        var saysWhatApplies = false
        var names: [String] = []

        var licenses: [String] { saysWhatApplies ? names : [] }
    }

    private static func commonLicenses(_ buffer: UnsafeBufferPointer<UInt8>) -> [String] {
        let folder = Array("/common-licenses/".utf8)
        var names: Set<String> = []
        for line in ByteLines(buffer) {
            var index = 0
            while index + folder.count < line.count {
                guard line[index] == folder[0], line[index..<(index + folder.count)].elementsEqual(folder) else {
                    index += 1
                    continue
                }
                index += folder.count
                var name: [UInt8] = []
                while index < line.count, isNameByte(line[index]) {
                    name.append(line[index])
                    index += 1
                }
                while let last = name.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "-") { name.removeLast() }
                if !name.isEmpty { names.insert(String(decoding: name, as: UTF8.self)) }
            }
        }
        return names.sorted()
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"): true
        default: false
        }
    }
}
