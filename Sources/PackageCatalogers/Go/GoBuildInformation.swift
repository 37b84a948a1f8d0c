// SPDX-License-Identifier: Apache-2.0

// Source: Go's debug/buildinfo: a mark of 14 bytes, the size of pointers, flags; since Go 1.18 (flag 2) two strings from byte 32 on,
// each behind its length as a varint: the version, and the modules between two sentinels of 16 bytes.

/// What Go writes into a program about how it was built.
struct GoBuildInformation {
    /// A module.
    struct Module: Hashable {
        let path: String
        let version: String
    }

    /// Go's version without its `go`, such as `1.24.3`.
    let version: String
    /// The program's own module, where it has a version, and those that it was built of; what replaces a module stands in its place.
    let modules: [Module]

    /// Reads from the mark on; nil when the bytes are of another form, such as that of a Go before 1.18.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 32, bytes[15] & 2 != 0 else { return nil }
        var rest = bytes[32...]
        guard let version = Self.string(&rest), version.starts(with: "go".utf8), let text = Self.string(&rest) else {
            return nil
        }
        // `go1.24.3 X:boringcrypto` names experiments behind the version.
        let words = String(decoding: version.dropFirst(2), as: UTF8.self).split(separator: " ")
        guard let number = words.first else { return nil }
        self.version = String(number)
        guard text.count > 32 else {
            modules = []
            return
        }
        modules = Self.modules(String(decoding: text.dropFirst(16).dropLast(16), as: UTF8.self))
    }

    private static func string(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var length = 0
        var shift = 0
        while let byte = rest.first {
            rest = rest.dropFirst()
            guard shift < 28 else { return nil }
            length |= Int(byte & 0x7F) << shift
            shift += 7
            if byte & 0x80 == 0 { break }
        }
        guard rest.count >= length else { return nil }
        let text = rest.prefix(length)
        rest = rest.dropFirst(length)
        return text
    }

    private static func modules(_ text: String) -> [Module] {
        var result: [Module] = []
        var isOwn = false
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 3, !fields[1].isEmpty, !fields[2].isEmpty else { continue }
            let module = Module(path: fields[1], version: fields[2])
            switch fields[0] {
            case "mod":
                isOwn = true
                // `(devel)` is no version: what was built there has none.
                if module.version != "(devel)" { result.append(module) }
            case "dep":
                isOwn = false
                result.append(module)
            case "=>" where !isOwn && !result.isEmpty: result[result.count - 1] = module
            default: continue
            }
        }
        return result
    }
}
