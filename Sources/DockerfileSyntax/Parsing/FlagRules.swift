// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/instructions/bflag.go and parse.go, frontend version 1.26.

/// Which flags an instruction takes.
enum FlagRules {
    enum Kind: Sendable {
        case text, texts, boolean
    }

    private typealias Rule = (name: String, kind: Kind)
    private static let from: [Rule] = [("platform", .text)]
    private static let run: [Rule] = [("mount", .texts), ("network", .text), ("security", .text), ("device", .texts)]
    private static let add: [Rule] = [
        ("chown", .text), ("chmod", .text), ("link", .boolean), ("keep-git-dir", .boolean), ("checksum", .text),
        ("unpack", .boolean), ("exclude", .texts),
    ]
    private static let copy: [Rule] = [
        ("from", .text), ("chown", .text), ("chmod", .text), ("link", .boolean), ("parents", .boolean),
        ("exclude", .texts),
    ]
    private static let healthcheck: [Rule] = [
        ("interval", .text), ("timeout", .text), ("start-period", .text), ("start-interval", .text),
        ("retries", .text),
    ]

    private static func table(_ keyword: Keyword) -> [Rule] {
        switch keyword {
        case .from: from
        case .run: run
        case .add: add
        case .copy: copy
        case .healthcheck: healthcheck
        case .arg, .cmd, .entrypoint, .env, .expose, .label, .maintainer, .onbuild, .shell, .stopsignal, .user,
            .volume, .workdir:
            []
        }
    }

    /// Refuses the first flag that the instruction does not take, or not in that way.
    static func check(_ flags: [Flag], of keyword: Keyword) throws(SyntaxError) {
        if flags.isEmpty { return }
        let allowed = table(keyword)
        var seen: Set<String> = []
        for flag in flags {
            guard let kind = allowed.first(where: { $0.name == flag.name })?.kind else {
                let message = Suggestion.extending(
                    "unknown flag: --\(flag.name)",
                    for: flag.name,
                    among: allowed.map(\.name).sorted()
                )
                throw SyntaxError(message, at: flag.range)
            }
            if kind != .texts, flags.count > 1, !seen.insert(flag.name).inserted {
                throw SyntaxError("duplicate flag specified: --\(flag.name)", at: flag.range)
            }
            switch kind {
            case .text, .texts:
                if flag.value == nil { throw SyntaxError("missing a value on flag: --\(flag.name)", at: flag.range) }
            case .boolean:
                guard let value = flag.value else { continue }
                if value.isEmpty { throw SyntaxError("missing a value on flag: --\(flag.name)", at: flag.range) }
                guard ["true", "false"].contains(value.lowercased()) else {
                    throw SyntaxError(
                        "expecting boolean value for flag --\(flag.name), not: \(value)",
                        at: flag.range
                    )
                }
            }
        }
    }
}
