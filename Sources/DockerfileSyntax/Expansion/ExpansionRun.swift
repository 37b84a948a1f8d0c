// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/shell/lex.go.

/// One pass over one text.
struct ExpansionRun {
    let settings: WordExpander
    let bytes: [UInt8]
    let escape: UInt8
    let lookup: (String) -> String?
    var offset = 0
    private(set) var unset: [String] = []
    private var unsetNames: Set<String> = []
    private(set) var unsetWithoutFallback: Set<String> = []

    /// Substitutions in substitutions: deeper ones are refused before they could use up the stack.
    private static let maximumDepth = 100

    init(_ settings: WordExpander, _ bytes: [UInt8], _ lookup: @escaping (String) -> String?) {
        self.settings = settings
        self.bytes = bytes
        self.lookup = lookup
        escape = settings.escape.isASCII ? UInt8(settings.escape.value) : Bytes.backslash
    }

    /// Reads up to a stop character outside of quotes, or to the end.
    mutating func process(
        until stop: UInt8?,
        keepsEscapes: Bool,
        depth: Int
    ) throws(ExpansionError) -> (bytes: [UInt8], words: [(text: String, offset: Int)]) {
        guard depth < Self.maximumDepth else { throw ExpansionError("substitutions are nested too deeply") }
        var result: [UInt8] = []
        var words = Words()
        while offset < bytes.count {
            let start = offset
            let byte = bytes[offset]
            if let stop, byte == stop {
                offset += 1
                return (result, words.finish())
            }
            switch byte {
            case Bytes.singleQuote:
                let part = try singleQuoted()
                result += part
                words.addRaw(part, at: start)
            case Bytes.doubleQuote:
                let part = try doubleQuoted(keepsEscapes: keepsEscapes, depth: depth)
                result += part
                words.addRaw(part, at: start)
            case UInt8(ascii: "$"):
                let part = try dollar(depth: depth)
                result += part
                words.addSplitting(part, at: start)
            case escape:
                offset += 1
                if keepsEscapes {
                    words.addRaw([byte], at: start)
                    result.append(byte)
                }
                guard offset < bytes.count else { break }
                let character = takeCharacter()
                words.addRaw(character, at: start)
                result += character
            default:
                let spaceWidth = Bytes.spaceWidth(bytes, at: offset, end: bytes.count)
                if spaceWidth > 0 {
                    words.endWord()
                    result += bytes[offset..<offset + spaceWidth]
                    offset += spaceWidth
                } else {
                    words.add(byte, at: start)
                    result.append(byte)
                    offset += 1
                }
            }
            guard result.count <= settings.maximumBytes else { throw tooLarge }
        }
        if let stop {
            let mark = String(decoding: [stop], as: UTF8.self)
            throw ExpansionError.unterminated(mark)
        }
        return (result, words.finish())
    }

    private var tooLarge: ExpansionError {
        ExpansionError("the expanded word is larger than \(settings.maximumBytes) bytes")
    }

    private mutating func takeCharacter() -> ArraySlice<UInt8> {
        let end = min(offset + Bytes.width(bytes[offset]), bytes.count)
        defer { offset = end }
        return bytes[offset..<end]
    }

    private mutating func singleQuoted() throws(ExpansionError) -> [UInt8] {
        let start = offset
        offset += 1
        while offset < bytes.count {
            offset += 1
            if bytes[offset - 1] == Bytes.singleQuote {
                return Array(settings.keepsQuotes ? bytes[start..<offset] : bytes[start + 1..<offset - 1])
            }
        }
        throw ExpansionError.unterminated("single-quote")
    }

    private mutating func doubleQuoted(keepsEscapes: Bool, depth: Int) throws(ExpansionError) -> [UInt8] {
        var result: [UInt8] = []
        offset += 1
        if settings.keepsQuotes { result.append(Bytes.doubleQuote) }
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case Bytes.doubleQuote:
                offset += 1
                if settings.keepsQuotes { result.append(byte) }
                return result
            case UInt8(ascii: "$"):
                result += try dollar(depth: depth)
            case escape:
                offset += 1
                if keepsEscapes { result.append(byte) }
                // An escape at the end of the word is dropped, and the missing quote is what gets reported.
                guard offset < bytes.count else { continue }
                let next = bytes[offset]
                if next == Bytes.doubleQuote || next == UInt8(ascii: "$") || next == escape {
                    offset += 1
                    result.append(next)
                } else {
                    result.append(byte)
                }
            default:
                offset += 1
                result.append(byte)
            }
            guard result.count <= settings.maximumBytes else { throw tooLarge }
        }
        throw ExpansionError.unterminated("double-quote")
    }

    /// Notes that a name was asked for and gives its value.
    mutating func value(of name: String, hasFallback: Bool) -> String? {
        if let value = lookup(name) { return value }
        if unsetNames.insert(name).inserted { unset.append(name) }
        if !hasFallback { unsetWithoutFallback.insert(name) }
        return nil
    }
}

extension ExpansionRun {
    /// Collects the words that unprotected blanks separate.
    private struct Words {
        private var words: [(text: String, offset: Int)] = []
        private var current: [UInt8] = []
        private var start = 0

        mutating func add(_ byte: UInt8, at offset: Int) {
            if current.isEmpty { start = offset }
            current.append(byte)
        }

        mutating func addRaw(_ bytes: some Collection<UInt8>, at offset: Int) {
            if current.isEmpty { start = offset }
            current.append(contentsOf: bytes)
        }

        mutating func addSplitting(_ bytes: [UInt8], at offset: Int) {
            var index = 0
            while index < bytes.count {
                let width = Bytes.spaceWidth(bytes, at: index, end: bytes.count)
                if width > 0 {
                    endWord()
                    index += width
                } else {
                    add(bytes[index], at: offset)
                    index += 1
                }
            }
        }

        mutating func endWord() {
            guard !current.isEmpty else { return }
            words.append((String(decoding: current, as: UTF8.self), start))
            current.removeAll(keepingCapacity: true)
        }

        mutating func finish() -> [(text: String, offset: Int)] {
            endWord()
            return words
        }
    }
}
