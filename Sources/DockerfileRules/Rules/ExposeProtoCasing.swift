// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// Protocols of ports are written in small letters.
struct ExposeProtoCasing: DockerfileRule {
    static let rule = LintRule(
        "ExposeProtoCasing",
        claim: "Protocol in EXPOSE instruction should be lowercase",
        reason: "The image's configuration has them in small letters, so a search for what the file says finds "
            + "nothing there.",
        fix: "Write the protocol as tcp or udp.",
        bad: [
            """
            FROM node:24-slim
            ▶EXPOSE 53/UDP
            """
        ],
        good: [
            """
            FROM node:24-slim
            EXPOSE 53/udp 3000
            """
        ]
    )

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        guard case .expose(let expose) = instruction.content else { return }
        for (part, port) in expose.specifications(in: scope).enumerated() {
            guard let slash = port.text.lastIndex(of: "/") else { continue }
            let name = port.text[slash...].dropFirst()
            guard name != name.lowercased() else { continue }
            findings.add(
                "Defined protocol '\(port.text)' in EXPOSE instruction should be lowercase",
                at: instruction,
                part: part
            )
        }
    }
}
