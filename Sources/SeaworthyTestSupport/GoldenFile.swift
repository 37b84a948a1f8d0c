// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostFiles

/// Compares text with a file that is kept beside the tests.
public enum GoldenFile {
    /// How the text differs from the file; thrown, so that the test fails.
    public struct Mismatch: Error, CustomStringConvertible {
        /// What to read in the test's output.
        public let description: String
    }

    /// Compares; with `RECORD_SNAPSHOTS=1` in the environment it writes the file and fails all the same.
    ///
    /// - Parameters:
    ///   - name: the file's name in the folder `Snapshots` beside the test's source.
    ///   - testFile: leave it out.
    /// - Throws: a `Mismatch` that shows the first lines that differ.
    public static func check(_ text: String, named name: String, testFile: String = #filePath) throws {
        try check(text, at: HostFile.folder(of: testFile) + "/Snapshots/" + name, named: name)
    }

    /// Compares with a page of the checkout that is made from the code, such as those below `docs`.
    ///
    /// - Parameter page: the file's path in the checkout.
    /// - Throws: a `Mismatch` that shows the first lines that differ.
    public static func check(_ text: String, page: String) throws {
        try check(text, at: Checkout.root.appendingPathComponent(page).path, named: page)
    }

    private static func check(_ text: String, at path: String, named name: String) throws {
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try HostFile.makeFolder(HostFile.folder(of: path))
            try HostFile.writeAtomically(Array(text.utf8), to: path, durable: false)
            throw Mismatch(description: "recorded \(name); run again without RECORD_SNAPSHOTS")
        }
        guard let bytes = try? HostFile.read(path, limit: 64 << 20) else {
            throw Mismatch(description: "there is no \(path); record it with RECORD_SNAPSHOTS=1")
        }
        let expected = String(decoding: bytes, as: UTF8.self)
        guard expected != text else { return }
        throw Mismatch(description: "\(name) differs\n" + difference(expected, text))
    }

    /// The lines that differ, `-` expected and `+` found, with three lines before and behind the changed stretch.
    public static func difference(_ expected: String, _ found: String) -> String {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = found.split(separator: "\n", omittingEmptySubsequences: false)
        var start = 0
        while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
        var end = 0
        while end < old.count - start, end < new.count - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
            end += 1
        }
        let before = old[max(0, start - 3)..<start].map { "  " + $0 }
        let gone = old[start..<(old.count - end)].map { "- " + $0 }
        let came = new[start..<(new.count - end)].map { "+ " + $0 }
        let behind = old[(old.count - end)..<min(old.count, old.count - end + 3)].map { "  " + $0 }
        return (["line \(start + 1):"] + before + gone + came + behind).joined(separator: "\n")
    }
}
