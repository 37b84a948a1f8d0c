// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// `EXPOSE` names ports of the container and nothing else.
struct ExposeInvalidFormat: DockerfileRule {
    static let rule = LintRule(
        "ExposeInvalidFormat",
        claim: "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an "
            + "error in a future release",
        reason: "Which port of which address of the host leads into the container is said when it is run; the "
            + "image cannot say it, and the builder drops that part.",
        fix: "Write the port of the container alone, and give the rest to docker run --publish.",
        bad: [
            """
            FROM node:24-slim
            ▶EXPOSE 127.0.0.1:8080:3000
            """
        ],
        good: [
            """
            FROM node:24-slim
            EXPOSE 3000 8000-8010/tcp
            """
        ]
    )

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        guard case .expose(let expose) = instruction.content else { return }
        for (part, port) in expose.specifications(in: scope).enumerated() where port.specification.hasHostPart {
            findings.add(
                "EXPOSE instruction should not define an IP address or host-port mapping, found '\(port.text)'",
                at: instruction,
                part: part
            )
        }
    }
}
