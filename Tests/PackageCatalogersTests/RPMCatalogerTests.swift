// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@testable import PackageCatalogers

/// Databases of RPM, byte for byte.
enum TestRPM {
    /// A header with these texts by tag, and an epoch.
    static func header(_ texts: [(tag: Int, text: String)], epoch: Int? = nil) -> [UInt8] {
        var entries: [UInt8] = []
        var data: [UInt8] = []
        for (tag, text) in texts {
            entries += big(tag) + big(tag == 1004 ? 9 : 6) + big(data.count) + big(1)
            data += Array(text.utf8) + [0]
        }
        if let epoch {
            while data.count % 4 != 0 { data.append(0) }
            entries += big(1003) + big(4) + big(data.count) + big(1)
            data += big(epoch)
        }
        return big(entries.count / 16) + big(data.count) + entries + data
    }

    /// bash as a package of its own source, and a library of another one.
    static let bash = header([
        (1000, "bash"), (1001, "5.1.8"), (1002, "9.el9"), (1014, "GPLv3+"), (1022, "x86_64"),
        (1044, "bash-5.1.8-9.el9.src.rpm"),
    ])
    static let libraries = header(
        [(1000, "openssl-libs"), (1001, "3.0.7"), (1002, "27.el9"), (1044, "openssl-3.0.7-27.el9.src.rpm")],
        epoch: 1
    )

    /// A database whose table Packages has these headers, one a row, on pages of 512 bytes; where they do not fit on one, below an inner page.
    static func database(_ headers: [[UInt8]]) -> [UInt8] {
        let size = 512
        var pages: [[UInt8]] = []
        // Pages 1 and 2 are the schema and the table's root; leaves and what flows over come behind.
        var leaves: [Int] = []
        for (index, header) in headers.enumerated() {
            let record = [3, 0] + varint(12 + 2 * header.count) + header
            let payload = [UInt8(1 + 1 + varint(12 + 2 * header.count).count)] + record.dropFirst()
            var cell = varint(payload.count) + varint(index + 1)
            let (most, least) = (size - 35, (size - 12) * 32 / 255 - 23)
            let rest = least + max(0, payload.count - least) % (size - 4)
            let local = payload.count <= most ? payload.count : rest <= most ? rest : least
            cell += payload.prefix(local)
            let leaf = 3 + pages.count
            var further = Array(payload.dropFirst(local))
            if !further.isEmpty { cell += big(leaf + 1) }
            pages.append(page(type: 0x0D, cells: [cell], offset: 0))
            while !further.isEmpty {
                let part = Array(further.prefix(size - 4))
                further.removeFirst(part.count)
                let next = further.isEmpty ? 0 : 3 + pages.count + 1
                pages.append(padded(big(next) + part))
            }
            leaves.append(leaf)
        }
        let row = Array("tablePackagesPackages".utf8) + [2] + Array("CREATE TABLE 'Packages' (hnum, blob)".utf8)
        let schema = [6, 23, 29, 29, 1, UInt8(13 + 2 * 36)] + row
        var first = page(type: 0x0D, cells: [varint(schema.count) + [1] + schema], offset: 100)
        first.replaceSubrange(0..<16, with: Array("SQLite format 3\0".utf8))
        first[16] = 2
        let inner = leaves.dropLast().enumerated().map { big($1) + varint($0 + 1) }
        var root = page(type: 0x05, cells: inner, offset: 0)
        root.replaceSubrange(8..<12, with: big(leaves.last ?? 0))
        return first + root + pages.flatMap(\.self)
    }

    private static func page(type: UInt8, cells: [[UInt8]], offset: Int) -> [UInt8] {
        var page = [UInt8](repeating: 0, count: 512)
        page[offset] = type
        page[offset + 4] = UInt8(cells.count)
        var end = 512
        for (index, cell) in cells.enumerated() {
            end -= cell.count
            page.replaceSubrange(end..<end + cell.count, with: cell)
            let pointer = offset + (type == 0x05 ? 12 : 8) + 2 * index
            page[pointer] = UInt8(end >> 8)
            page[pointer + 1] = UInt8(end & 0xFF)
        }
        return page
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] { bytes + [UInt8](repeating: 0, count: 512 - bytes.count) }

    static func big(_ number: Int) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func varint(_ number: Int) -> [UInt8] {
        var result = [UInt8(number & 0x7F)]
        var rest = number >> 7
        while rest > 0 {
            result.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return result
    }
}

extension RPMCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(RPMCataloger(), "/var/lib/rpm/rpmdb.sqlite", bytes: TestRPM.database([TestRPM.bash]))
    ]
}

@Suite("The RPM cataloger")
struct RPMCatalogerTests {
    private static let path = "/usr/lib/sysimage/rpm/rpmdb.sqlite"

    private func run(_ files: [(String, [UInt8])]) -> CatalogerResult {
        CatalogerCompatibilityTests.run(RPMCataloger(), files)
    }

    @Test("reads names, versions with their epochs, licences and sources, from as many pages as there are")
    func packages() throws {
        let key = TestRPM.header([(1000, "gpg-pubkey"), (1001, "5a6340b3"), (1002, "6229229e")])
        let long = TestRPM.header([
            (1000, "glibc"), (1001, "2.34"), (1002, "1"), (1004, String(repeating: "x", count: 3_000)),
        ])
        let result = run([(Self.path, TestRPM.database([TestRPM.bash, key, long, TestRPM.libraries]))])
        #expect(result.unknowns.isEmpty)
        let packages = Dictionary(grouping: result.packages, by: \.name).compactMapValues(\.first)
        #expect(packages.keys.sorted() == ["bash", "glibc", "openssl-libs"])
        #expect(packages["bash"]?.version == "5.1.8-9.el9" && packages["bash"]?.licenses == ["GPLv3+"])
        #expect(packages["bash"]?.origin == nil && packages["bash"]?.architecture == "x86_64")
        #expect(packages["glibc"]?.summary?.utf8.count == 3_000)
        let libraries = try #require(packages["openssl-libs"])
        #expect(libraries.version == "1:3.0.7-27.el9" && libraries.origin?.name == "openssl")
        #expect(libraries.purl.description == "pkg:rpm/openssl-libs@3.0.7-27.el9?epoch=1&upstream=openssl")
    }

    @Test("reads a database once, however many names it has")
    func names() {
        let bytes = TestRPM.database([TestRPM.bash])
        #expect(run([(Self.path, bytes), ("/var/lib/rpm/rpmdb.sqlite", bytes)]).packages.count == 1)
    }

    /// What is in the database's place, and whether that is told.
    static let doubtful: [(name: String, files: [(String, [UInt8])])] = [
        ("a text", [(path, Array("SQLite format 3".utf8))]),
        (
            "no table of that name",
            [(path, Array("SQLite format 3\0".utf8) + [2, 0] + [UInt8](repeating: 0, count: 600))]
        ),
        ("a header that is cut", [(path, TestRPM.database([Array(TestRPM.bash.dropLast(60))]))]),
        ("a page that leads to itself", [(path, circle)]),
        ("a log beside it", [(path, TestRPM.database([TestRPM.bash])), (path + "-wal", [1])]),
    ]

    private static let circle: [UInt8] = {
        var bytes = TestRPM.database([TestRPM.bash, TestRPM.libraries])
        bytes.replaceSubrange(512 + 8..<512 + 12, with: TestRPM.big(2))
        return bytes
    }()

    @Test("says so where not all can be read", arguments: doubtful.map(\.name))
    func damaged(name: String) throws {
        let row = try #require(Self.doubtful.first { $0.name == name })
        #expect(run(row.files).unknowns.count == 1)
    }

    @Test("takes an empty log for none")
    func emptyLog() {
        let result = run([(Self.path, TestRPM.database([TestRPM.bash])), (Self.path + "-wal", [])])
        #expect(result.unknowns.isEmpty && result.packages.count == 1)
    }
}
