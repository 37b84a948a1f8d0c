// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import SymbolicBuild

@Suite("Symbolic modes")
struct SymbolicModeTests {
    static let changes = [
        "u+x", "g-w", "o=r", "a+rX", "+x", "=", "u=rwx,go=rx", "go-rwx", "u=rwX,g=u,o=g", "u+s", "g+s", "+t", "o+t",
        "a+t", "ug+s",
        "u=s", "a-s", "go=u-w", "u-x+w", "u=rw,u+X", "a=X", "u+X", "g=o", "uo+rw,g=", "ugo=rwxst",
    ]

    @Test("change bits as chmod does", arguments: changes)
    func asChmod(change: String) throws {
        let folder = try ScratchFolder()
        let chmod = ["/bin/chmod", "/usr/bin/chmod"].first { FileManager.default.isExecutableFile(atPath: $0) }
        let program = try #require(chmod, "chmod is not here")
        for mode: UInt16 in [0o000, 0o644, 0o755, 0o700, 0o4755, 0o2710, 0o1777, 0o111, 0o640] {
            for isDirectory in [false, true] {
                let path = folder.path("\(mode)-\(isDirectory)")
                if isDirectory {
                    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
                } else {
                    _ = try folder.write("\(mode)-\(isDirectory)", "")
                }
                // GNU chmod keeps a folder's setuid and setgid with `=`; BuildKit's library does not know such an exception.
                if isDirectory, mode & 0o6000 != 0 || change.contains("=") { continue }
                try Self.run(program, [String(mode, radix: 8), path])
                // Without a "who" chmod looks at the umask, the builder does not: 'a' says the same without it.
                let written = change.split(separator: ",").map { "+-=".contains($0.prefix(1)) ? "a" + $0 : $0 }
                try Self.run(program, [written.joined(separator: ","), path])
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                let found = (attributes[.posixPermissions] as? NSNumber)?.uint16Value
                let ours = SymbolicMode(change).applied(to: mode, isDirectory: isDirectory)
                #expect(
                    found == ours,
                    "\(change) on \(String(mode, radix: 8)) folder \(isDirectory): \(String(ours, radix: 8))"
                )
            }
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        _ = try SeaworthyBinary.run(program, ["--"] + arguments)
    }
}
