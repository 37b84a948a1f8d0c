// SPDX-License-Identifier: Apache-2.0

// Source: System V ABI, "ELF header"; Go's debug/buildinfo (since Go 1.18 the strings stand behind the mark).

/// What the bytes of a program say of what it was made of.
public struct BinaryProgram: Sendable, Hashable {
    /// What Go wrote behind the mark of its build information, from the mark on; nil for a program that Go did not make.
    public let goBuildInformation: [UInt8]?

    /// Makes a program from its parts.
    public init(goBuildInformation: [UInt8]? = nil) { self.goBuildInformation = goBuildInformation }

    /// Looks through the bytes of a file; nil when it is no program for Linux.
    public init?(_ bytes: [UInt8]) {
        var scanner = ProgramScanner()
        bytes.withUnsafeBytes { scanner.read($0, at: 0) }
        guard let program = scanner.program else { return nil }
        self = program
    }
}

/// Looks through a file in stretches, in one pass, and keeps of it no more than Go's build information.
struct ProgramScanner {
    private static let elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    private static let mark = [0xFF] + Array(" Go buildinf:".utf8)
    /// How much of the build information is kept: a module with thousands of dependencies has less.
    private static let most = 1 << 20

    private var isELF: Bool?
    /// The end of the stretch before, in which a mark may have begun.
    private var tail: [UInt8] = []
    private var end = 0
    private var information: [UInt8]?

    /// The program; nil when what was read is none.
    var program: BinaryProgram? { isELF == true ? BinaryProgram(goBuildInformation: information) : nil }

    mutating func read(_ block: UnsafeRawBufferPointer, at offset: Int) {
        if isELF == nil { isELF = offset == 0 && block.count >= 4 && block.prefix(4).elementsEqual(Self.elf) }
        guard isELF == true else { return }
        // What holes leave out is zeros, and no mark goes across them.
        if offset != end { tail = [] }
        end = offset + block.count
        if information != nil {
            keep(block)
            return
        }
        let window = tail + block.prefix(Self.mark.count - 1)
        if !tail.isEmpty, let place = Self.place(in: window) {
            information = Array(window[place...])
            keep(UnsafeRawBufferPointer(rebasing: block.dropFirst(min(block.count, Self.mark.count - 1))))
            return
        }
        if let place = Self.place(in: block) {
            information = []
            keep(UnsafeRawBufferPointer(rebasing: block[place...]))
            return
        }
        tail = Array((tail + block.suffix(Self.mark.count - 1)).suffix(Self.mark.count - 1))
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        let room = Self.most - (information?.count ?? 0)
        if room > 0 { information?.append(contentsOf: bytes.prefix(room)) }
    }

    /// Where the mark begins.
    private static func place(in bytes: some RandomAccessCollection<UInt8>) -> Int? {
        bytes.withContiguousStorageIfAvailable { place(in: UnsafeRawBufferPointer($0)) }
            ?? Array(bytes).withUnsafeBytes { place(in: $0) }
    }

    private static func place(in bytes: UnsafeRawBufferPointer) -> Int? {
        var start = 0
        while bytes.count - start >= mark.count {
            guard let found = bytes[start...].firstIndex(of: mark[0]) else { return nil }
            guard bytes.count - found >= mark.count else { return nil }
            if bytes[found..<(found + mark.count)].elementsEqual(mark) { return found }
            start = found + 1
        }
        return nil
    }
}
