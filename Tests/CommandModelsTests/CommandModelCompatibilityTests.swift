// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax
import Testing

@testable import CommandModels

/// What every model promises, whatever its program does.
@Suite("Every command model")
struct CommandModelCompatibilityTests {
    /// A model as one of the two systems has it.
    struct Member: Sendable, CustomTestStringConvertible {
        let model: any CommandModel.Type
        let isBusybox: Bool

        var name: String { model.names.first ?? "" }
        var flavor: ProgramFlavor { isBusybox ? .busybox : .gnu }
        var testDescription: String { isBusybox ? "BusyBox's \(name)" : name }
    }

    static let members: [Member] = CommandModelRegistry.all.flatMap { model in
        [false, true].map { Member(model: model, isBusybox: $0) }
    }.filter { member in
        // What is found under the name must be this model, and no other flavor's.
        ProgramCatalog.everything.model(named: member.name, member.flavor)
            .map { ObjectIdentifier($0) == ObjectIdentifier(member.model) } ?? false
    }

    /// Runs `script` with the member's program at hand, as root in `/w`; `/w/unknown` is a file of which nothing is known.
    private func run(_ member: Member, _ script: String, _ arguments: [String] = []) -> ShellOutcome {
        var tree = FileTree()
        tree.insert(.directory(mode: 0o1777), at: "/tmp")
        tree.insert(.directory(), at: "/w")
        let unknown = Unknown(reason: "a test", scope: .files)
        tree.insert(FileNode(kind: .file(.unknown(unknown)), mode: 0o644), at: "/w/unknown")
        if member.isBusybox {
            tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 10)), mode: 0o755), at: "/bin/busybox")
            for name in member.model.names + ["cat"] {
                tree.insert(.symlink(to: "busybox"), at: ImagePath("/bin/" + name))
            }
        }
        var state = ShellState(
            tree: tree,
            // Where nothing is, GNU's programs are taken to be; BusyBox's links are in one folder.
            environment: [
                "PATH": member.isBusybox ? "/bin" : "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
            ],
            workingDirectory: "/w",
            epochSeconds: 0
        )
        return ShellInterpreter(programs: .everything, limits: .submission).run(
            Array(script.utf8),
            dialect: member.isBusybox ? .ash : .dash,
            name: "sh",
            arguments: arguments,
            state: &state
        )
    }

    @Test("has names that a shell can look up", arguments: members)
    func names(member: Member) {
        #expect(!member.model.names.isEmpty)
        #expect(!member.model.flavors.isEmpty)
        for name in member.model.names {
            #expect(!name.isEmpty && !name.contains("/") && !name.contains(" "), "\(name)")
            #expect(ProgramCatalog.everything.names.contains(name))
        }
    }

    @Test("spells each of its options in ways of its own", arguments: members)
    func spellings(member: Member) {
        guard let table = member.model.options else { return }
        for flavor in member.model.flavors {
            let spellings = table.options.filter { $0.flavors.contains(flavor) }.flatMap(\.spellings)
            let twice = Dictionary(grouping: spellings, by: \.self).filter { $0.value.count > 1 }.keys.sorted()
            #expect(twice == [], "for \(flavor)")
            #expect(!spellings.contains(""), "for \(flavor)")
        }
    }

    @Test("refuses an option that no program has, and says which", arguments: members)
    func unknownOption(member: Member) {
        guard member.model.options?.isWhole == true else { return }
        let outcome = run(member, "\(member.name) --seaworthy-has-none")
        let said = String(decoding: outcome.stderr, as: UTF8.self)
        #expect(said.contains("seaworthy-has-none"))
        #expect(outcome.exit != .unknown && outcome.exit != .code(0))
        guard case .optionUnknown(let option, let program, let isBusybox)? = outcome.failure?.reason else {
            Issue.record("the reason is \(String(describing: outcome.failure?.reason))")
            return
        }
        #expect(option.contains("seaworthy-has-none"))
        #expect(program == member.name)
        #expect(isBusybox == member.isBusybox)
    }

    @Test(
        "says of an option that it does not follow that it does not, and prints nothing as if it did",
        arguments: members
    )
    func unfollowedOption(member: Member) {
        for option in member.model.options?.options ?? []
        where !option.isFollowed && option.flavors.contains(member.flavor) {
            let folder = member.isBusybox ? "/bin" : member.model.home == .sbin ? "/usr/sbin" : "/usr/bin"
            let value = option.arity == .required ? " 1" : ""
            let outcome = run(member, "\(folder)/\(member.name) \(option.typed)\(value) a")
            let expected = "\(member.name) \(option.typed) is not followed"
            #expect(outcome.unknowns.contains { $0.unknown.reason == expected }, "\(option.typed)")
            #expect(outcome.stdout.isEmpty && outcome.exit == .unknown, "\(option.typed)")
        }
    }

    @Test("is unknown where its words are, unless it copes with that itself", arguments: members)
    func unknownWords(member: Member) {
        // By path, for what a shell carries out itself never comes to the model.
        let folder = member.isBusybox ? "/bin" : member.model.home == .sbin ? "/usr/sbin" : "/usr/bin"
        let outcome = run(member, "\(folder)/\(member.name) \"$(cat unknown)\"")
        let expected = "the words of \(member.name) are not known"
        let scopes = outcome.unknowns.filter { $0.unknown.reason == expected }.map(\.unknown.scope)
        #expect(scopes == (member.model.takesUnknownWords ? [] : [member.model.scope]))
    }

    /// Words that no person types, by what is odd about them.
    static let hostile: [String: [String]] = [
        "an empty word": [""],
        "NUL": ["a\0b", "\0"],
        "a word of 64 KiB": [String(repeating: "a", count: 65_536)],
        "an option of 64 KiB": ["--" + String(repeating: "a", count: 65_536)],
        "letters of 64 KiB": ["-" + String(repeating: "v", count: 65_536)],
        "10,000 words": (0..<10_000).map { "w\($0)" },
        "10,000 dashes": Array(repeating: "-", count: 10_000),
        "10,000 parentheses": Array(repeating: "(", count: 10_000),
        "5,000 pairs of parentheses": Array(repeating: "(", count: 5_000) + ["a"] + Array(repeating: ")", count: 5_000),
        "numbers that are too large": ["99999999999999999999999", "-99999999999999999999999", "1", "-n", "-1"],
        "marks of all kinds": [
            "%", "\\", "[", "*", "{}", "+", ";", "!", "=", ":", "a=b", "--", "--=", "-=", "\u{FEFF}",
        ],
    ]

    @Test("ends on hostile words, and does not trap", arguments: members)
    func hostileWords(member: Member) {
        for (oddity, words) in Self.hostile.sorted(by: { $0.key < $1.key }) {
            let outcome = run(member, "\(member.name) \"$@\"", words)
            #expect(outcome.trace.count <= 10_000, "\(oddity)")
        }
    }

    @Test("ends on words that are no UTF-8, alone and behind a dash", arguments: members)
    func invalidUTF8(member: Member) {
        let outcome = run(member, #"x=$(printf '\377\200x\303'); "# + #"\#(member.name) "$x" "-$x" "--$x=$x""#)
        #expect(outcome.trace.count <= 10_000)
    }

    @Test("says the same twice", arguments: members)
    func deterministic(member: Member) {
        let script = "\(member.name) a b; \(member.name) < /dev/null"
        let (one, two) = (run(member, script), run(member, script))
        #expect(one.log == two.log)
        #expect(one.exit == two.exit)
        #expect(one.unknowns == two.unknowns)
    }
}
