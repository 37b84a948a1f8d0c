// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/parser/parser.go, heredocsFromLine and ParseHeredoc.

/// A `<<NAME` word, before its body is known.
struct HeredocWord: Sendable, Hashable {
    let name: String
    let fileDescriptor: Int
    let isExpanded: Bool
    let stripsTabs: Bool

    /// Reads a word by the pattern `^(\d*)<<(-?)\s*([^<]*)$`; nil when it is none.
    init?(_ word: String) {
        let bytes = Array(word.utf8)
        let less = UInt8(ascii: "<")
        var offset = 0
        var descriptor = 0
        while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 {
            let (product, overflow) = descriptor.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(bytes[offset] - 0x30))
            descriptor = overflow || carry ? Int.max : sum
            offset += 1
        }
        guard offset + 1 < bytes.count, bytes[offset] == less, bytes[offset + 1] == less else { return nil }
        offset += 2
        let isTabbed = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
        if isTabbed { offset += 1 }
        while offset < bytes.count, Bytes.isASCIISpace(bytes[offset]) { offset += 1 }
        let rest = bytes[offset...]
        guard !rest.isEmpty, !rest.contains(less) else { return nil }
        // Read with and without quotes: where the two differ, some part of the name was quoted.
        let text = Array(rest)
        guard let plain = try? WordExpander.heredocName.words(in: text, { _ in nil }),
            let raw = try? WordExpander.heredocLine.words(in: text, { _ in nil }),
            plain.count == 1, raw.count == 1, let name = plain.first?.text, let rawName = raw.first?.text
        else { return nil }
        self.name = name
        fileDescriptor = descriptor
        isExpanded = name == rawName
        stripsTabs = isTabbed
    }

    /// The here-document words of an instruction's text, each with the offset at which it starts.
    static func all(in bytes: [UInt8]) -> [(word: HeredocWord, offset: Int)] {
        guard contains(bytes) else { return [] }
        let words = (try? WordExpander.heredocLine.words(in: bytes) { _ in nil }) ?? []
        return words.compactMap { word in
            guard let heredoc = HeredocWord(word.text) else { return nil }
            return (heredoc, word.offset)
        }
    }

    private static func contains(_ bytes: [UInt8]) -> Bool {
        let less = UInt8(ascii: "<")
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == less, previous == less { return true }
            previous = byte
        }
        return false
    }
}
