// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, sha256sum, sha512sum.

import Archives
import Diagnostics
import OCISpec
import ShellMachine

/// What the programs that print and check digests have in common.
struct Checksum {
    static let binary = CommandOption.flag("b", "binary")
    static let check = CommandOption.flag("c", "check")
    static let tag = CommandOption.flag("tag")
    static let zero = CommandOption.flag("z", "zero")
    static let quiet = CommandOption.flag("quiet")
    static let status = CommandOption.flag("status")
    static let options = OptionTable([
        binary, check, .flag("t", "text"), tag, zero, quiet, status, .flag("strict"), .flag("w", "warn"),
        .flag("ignore-missing").unfollowed, .flag("s"),
    ])

    let algorithm: OCISpec.Digest.Algorithm

    func run(_ call: inout Invocation) -> Outcome {
        let input = TextInput(call.operands, &call)
        if call.has(Self.check) { return checkAll(input, &call) }
        if call.has(Self.tag) || call.has(Self.zero) {
            return call.unknown("this use of \(call.name) is not followed", .output)
        }
        let mark = call.has(Self.binary) ? "*" : " "
        for (name, text) in input.texts {
            call.world.charge(text.bytes.count / 65_536)
            call.out("\(digits(text.bytes)) \(mark)\(name)\n", isUnknown: text.isUnknown)
        }
        return input.tally.outcome
    }

    private func digits(_ bytes: [UInt8]) -> String {
        var hasher = BlobHasher(algorithm)
        hasher.update(bytes)
        return hasher.digest().hex
    }

    private func checkAll(_ input: TextInput, _ call: inout Invocation) -> Outcome {
        var tally = input.tally
        for (_, list) in input.texts {
            guard !list.isUnknown else { return call.unknown("the digests to check are not known", .output) }
            let lines = TextInput.lines(list.bytes).filter { !$0.isEmpty }
            let entries = lines.compactMap(entry)
            for (digits, file) in entries {
                guard let isGood = checkOne(digits, file, &tally, &call) else {
                    return call.unknown("whether \(file) has the digest that is expected is not known", .output)
                }
                if !isGood { tally.fail() }
            }
            if entries.isEmpty, !lines.isEmpty {
                return call.fail("'standard input': no properly formatted checksum lines found")
            }
        }
        return tally.outcome
    }

    /// A line of a list: the digits and the file's name; nil where it has another form.
    private func entry(_ line: [UInt8]) -> (digits: String, file: String)? {
        let parts = String(decoding: line, as: UTF8.self)
            .split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts[0].utf8.count == (algorithm == .sha256 ? 64 : 128),
            let mark = parts[1].utf8.first, mark == 0x20 || mark == UInt8(ascii: "*")
        else { return nil }
        return (parts[0], String(parts[1].dropFirst()))
    }

    /// Whether a file has a digest; nil where its bytes are not known.
    private func checkOne(
        _ expected: String,
        _ file: String,
        _ tally: inout Tally,
        _ call: inout Invocation
    ) -> Bool? {
        let content: Text
        do throws(FileError) {
            content = file == "-" ? call.world.readInput() : try call.world.readFile(file)
        } catch {
            call.warn("\(file): \(error.message)")
            if !call.has(Self.status) { call.out("\(file): FAILED open or read\n") }
            tally.fail(error.reason(file))
            return false
        }
        guard !content.isUnknown else { return nil }
        let isGood = digits(content.bytes) == expected.lowercased()
        if !call.has(Self.status), !(call.has(Self.quiet) && isGood) {
            call.out("\(file): \(isGood ? "OK" : "FAILED")\n")
        }
        return isGood
    }
}
