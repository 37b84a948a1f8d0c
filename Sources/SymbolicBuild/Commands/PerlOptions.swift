// SPDX-License-Identifier: Apache-2.0
//
// Source: perldoc Getopt::Long, as adduser 3.134 uses it: no bundling, one dash or two, any case, unambiguous beginnings.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Brings the options of a Perl program into the form that `CommandOptions` reads.
struct PerlOptions {
    /// The arguments, each option by its first spelling behind two dashes.
    private(set) var arguments: [String] = []
    /// What the program says of wrong options, a line each.
    private(set) var messages: [String] = []

    /// Reads arguments.
    ///
    /// - Parameter specification: as that of `CommandOptions`; `=#` behind an option that takes a whole number.
    init(_ words: [String], _ specification: String) {
        var keys: [String: String] = [:]
        var takes: [String: Character] = [:]
        for item in specification.split(separator: " ") {
            var text = item
            var kind: Character?
            if text.hasSuffix("=#") {
                kind = "#"
                text = text.dropLast(2)
            } else if text.hasSuffix("=") {
                kind = "="
                text = text.dropLast()
            }
            let spellings = text.split(separator: ",").map(String.init)
            guard let key = spellings.first else { continue }
            for spelling in spellings { keys[spelling] = key }
            takes[key] = kind
        }
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--" {
                arguments.append(word)
                arguments += words[index...]
                return
            }
            guard word.hasPrefix("-"), word.utf8.count > 1 else {
                arguments.append(word)
                continue
            }
            let body = word.drop { $0 == "-" }
            let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = (parts.first ?? "").lowercased()
            var hits = keys.keys.filter { $0 == name }
            if hits.isEmpty, !name.isEmpty { hits = keys.keys.filter { $0.hasPrefix(name) }.sorted() }
            let meant = Set(hits.compactMap { keys[$0] })
            guard let key = meant.first, meant.count == 1 else {
                messages.append(
                    meant.isEmpty
                        ? "Unknown option: \(name)" : "Option \(name) is ambiguous (\(hits.joined(separator: ", ")))"
                )
                continue
            }
            guard let kind = takes[key] else {
                if parts.count > 1 {
                    messages.append("Option \(name) does not take an argument")
                } else {
                    arguments.append("--\(key)")
                }
                continue
            }
            var value = parts.count > 1 ? parts[1] : nil
            if value == nil, index < words.count,
                !(words[index].hasPrefix("-") && words[index].utf8.count > 1)
                    || kind == "#" && index < words.count && Int(words[index]) != nil
            {
                value = words[index]
                index += 1
            }
            guard let value else {
                messages.append("Option \(name) requires an argument")
                continue
            }
            if kind == "#", Int(value) == nil {
                messages.append("Value \"\(value)\" invalid for option \(name) (number expected)")
                continue
            }
            arguments.append("--\(key)=\(value)")
        }
    }
}
