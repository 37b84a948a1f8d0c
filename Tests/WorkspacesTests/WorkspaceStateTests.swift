// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostFiles
import Testing

@testable import Workspaces

@Suite("Workspace state")
struct WorkspaceStateTests {
    private static func state(_ names: [String]) throws -> WorkspaceState {
        WorkspaceState(
            entries: try names.map {
                WorkspaceEntry(
                    path: try WorkspacePath($0.hasSuffix("/") ? String($0.dropLast()) : $0),
                    kind: $0.hasSuffix("/") ? .folder : .file,
                    mode: 0o644
                )
            }
        )
    }

    static let overlays: [(base: [String], overlay: [String], expected: [String])] = [
        (["a", "b"], ["b", "c"], ["a", "b", "c"]),
        (["d/", "d/x", "d-e"], ["d"], ["d", "d-e"]),
        (["d"], ["d/", "d/x"], ["d", "d/x"]),
        ([], [], []),
        (["d/", "d/e/", "d/e/f", "g"], ["d"], ["d", "g"]),
    ]

    @Test("lays one state over another", arguments: overlays)
    func overlaid(base: [String], overlay: [String], expected: [String]) throws {
        let result = try Self.state(base).overlaid(with: Self.state(overlay))
        #expect(result.entries.map(\.path.description) == expected)
    }

    static let refused: [(text: String, error: WorkspacePath.ValidationError)] = [
        ("", .empty), ("/etc", .absolute), ("a/../b", .dotPart), ("..", .dotPart), ("./a", .dotPart),
        ("a//b", .emptyPart),
        ("a/", .emptyPart), ("a\0b", .nulByte),
    ]

    @Test("refuses paths that could leave the workspace", arguments: refused)
    func refusedPath(text: String, error: WorkspacePath.ValidationError) {
        #expect(throws: error) { try WorkspacePath(text) }
    }

    @Test("writes and reads any bytes of a name", arguments: 1...255)
    func anyByte(byte: Int) throws {
        guard byte != 0x2F else { return }
        let path = try WorkspacePath([UInt8(ascii: "x"), UInt8(byte), UInt8(byte)])
        let back = try JSONDecoder().decode([WorkspacePath].self, from: JSONEncoder().encode([path]))
        #expect(back == [path])
        #expect(EscapedBytes.bytes(of: path.description) == path.bytes)
    }

    @Test("finds the difference both ways")
    func difference() throws {
        let old = try Self.state(["a", "b/", "b/c", "d"])
        let new = try Self.state(["a/", "b/", "e"])
        let there = old.difference(to: new)
        let back = new.difference(to: old)
        #expect(there.added == back.removed && there.removed == back.added && there.changed == back.changed)
        #expect(there.changed.map(\.description) == ["a"])
        #expect(there.removed.map(\.description) == ["b/c", "d"])
        #expect(old.difference(to: old).isEmpty)
    }
}
