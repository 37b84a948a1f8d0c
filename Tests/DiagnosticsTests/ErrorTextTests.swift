// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Looks for code that reads an error's text to find out what happened: a reason, a type or a `Place` says it.
enum ErrorTextSearch {
    /// What is done with a text whose words matter.
    private static let reading =
        #"\s*(?:\?|!)?\.(?:lowercased\(\)\.)?(?:contains|hasPrefix|hasSuffix|starts|range|ranges|"#
        + #"firstRange|split|components|wholeMatch|firstMatch|prefixMatch|matches)\b"#
    /// The names that errors have where they are caught.
    private static let error = #"\b(?:\w*[eE]rror|\w*[fF]ailure|problem|stop|inner)\b(?:\?|!)?"#
    /// The texts that an error has.
    private static let text = #"\.(?:what|why|fix|message|description|localizedDescription|place\??\.description)\b"#

    private static let patterns = [
        error + text + reading,
        error + text + #"\s*(?:\?\? \"\"\s*)?(?:==|!=)\s*\""#,
        #"(?:\"\\\((?:error|failure)\)\"|String\(describing: (?:error|failure)\))"# + reading,
        #"\.localizedDescription"# + reading,
        #"\.why"# + reading,
    ]

    /// Whether a line of source reads an error's text.
    static func isIn(_ line: String) -> Bool {
        let code = line.trimmingCharacters(in: .whitespaces)
        guard !code.hasPrefix("//") else { return false }
        return patterns.contains { code.range(of: $0, options: .regularExpression) != nil }
    }
}

@Suite("Texts of errors")
struct ErrorTextTests {
    static let refused = [
        #"} catch let failure as Failure where failure.why?.contains("assphrase") == true {"#,
        #"throw inner.description.hasPrefix("unexpected end") ? error : inner"#,
        #"shellError(error.message.hasPrefix("Illegal") ? error.message : "")"#,
        #"if problem.message.contains("adduser") { return nil }"#,
        #"if "\(error)".contains("UNIQUE") { return }"#,
        #"if String(describing: error).hasPrefix("x") { return }"#,
        #"let parts = error.localizedDescription.split(separator: ":")"#,
        #"if failure.what == "the file is too large" { return }"#,
        #"let parts = readFailure.place?.description.split(separator: ":")"#,
    ]

    @Test("are seen to be searched", arguments: refused)
    func sees(line: String) { #expect(ErrorTextSearch.isIn(line)) }

    static let taken = [
        #"throw BuildStop("failed to unpack \(path): \(failure.what)")"#,
        #"why: first.message + " There are more problems.","#,
        #"if failure.reason == .encrypted { return }"#,
        #"if failure.place?.file == path { return }"#,
        #"// failure.why?.contains("assphrase") was how it was asked"#,
        #"if dockerfile.errors.contains(error) { return }"#,
        #"let words = message.split(separator: " ")"#,
        #"if description.name.contains("/") { return }"#,
    ]

    @Test("may be shown, and other texts searched", arguments: taken)
    func leaves(line: String) { #expect(!ErrorTextSearch.isIn(line)) }

    @Test("are searched nowhere in the sources")
    func sources() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        let files = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }.sorted()
        #expect(files.count > 100)
        var found: [String] = []
        for file in files {
            let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
            for (index, line) in text.components(separatedBy: "\n").enumerated() where ErrorTextSearch.isIn(line) {
                found.append("Sources/\(file):\(index + 1): \(line.trimmingCharacters(in: .whitespaces))")
            }
        }
        let remark =
            "An error's text is for people. Ask its reason, its type or its place; add a reason if there is none."
        #expect(found.isEmpty, "\(remark)\n\(found.joined(separator: "\n"))")
    }
}
