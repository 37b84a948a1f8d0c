// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// The checkout that the tests were built from.
public enum Checkout {
    /// The folder with `Sources`, `Tests` and the content.
    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The names in one folder of the checkout that end in a suffix, without it, sorted; hidden ones are left out.
    public static func names(in folder: String, endingIn suffix: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
            .filter { !$0.hasPrefix(".") && $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    }

    /// The names of the folders in one folder of the checkout, sorted; hidden ones are left out.
    public static func folders(in folder: String) throws -> [String] {
        try names(in: folder).filter { name in
            let path = root.appendingPathComponent(folder).appendingPathComponent(name).path
            return (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
        }
    }
}
