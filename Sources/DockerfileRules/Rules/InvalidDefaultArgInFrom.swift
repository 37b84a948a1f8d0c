// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// A `FROM` names an image even when nobody gives a build argument.
struct InvalidDefaultArgInFrom: DockerfileRule {
    static let rule = LintRule(
        "InvalidDefaultArgInFrom",
        claim: "Default value for global ARG results in an empty or invalid base image name",
        reason: "Whoever builds the file without --build-arg gets an error that says nothing of the argument "
            + "that is missing.",
        fix: "Give the ARG a default that makes a valid name.",
        bad: [
            """
            ARG TAG
            ▶FROM node:${TAG}
            """
        ],
        good: [
            """
            ARG TAG=24-slim
            FROM node:${TAG}
            """,
            """
            ARG TAG
            FROM node:${TAG:-24-slim}
            """,
        ]
    )

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        let written = stage.from.image.text
        guard let name = try? file.dockerfile.expander.expand(written, in: file.defaults.values).value,
            !Self.mayBeReference(name)
        else { return }
        findings.add(
            "Default value for ARG \(written) results in empty or invalid base image name",
            at: stage.instruction
        )
    }

    /// Whether a text can name an image or a stage: no capitals but in a registry's name, and none of the parts empty.
    private static func mayBeReference(_ text: String) -> Bool {
        let front = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = front.first, !name.isEmpty, front.count == 1 || !front[1].isEmpty else { return false }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }), let last = parts.last else { return false }
        let tagged = last.split(separator: ":", omittingEmptySubsequences: false)
        guard tagged.count <= 2, tagged.allSatisfy({ !$0.isEmpty }), let base = tagged.first else { return false }
        func isName(_ part: Substring) -> Bool {
            guard let first = part.utf8.first, let last = part.utf8.last else { return false }
            func isAlphanumeric(_ byte: UInt8) -> Bool {
                byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
            }
            return isAlphanumeric(first) && isAlphanumeric(last)
                && part.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
        }
        func isTag(_ tag: Substring) -> Bool {
            guard let first = tag.first, first != ".", first != "-", tag.utf8.count <= 128 else { return false }
            return tag.utf8.allSatisfy {
                $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || "._-".utf8.contains($0)
            }
        }
        var folders = parts.dropLast()
        if let domain = folders.first,
            domain.contains(".") || domain.contains(":") || domain == "localhost" || domain.lowercased() != domain
        {
            folders = folders.dropFirst()
        }
        return folders.allSatisfy(isName) && isName(base) && (tagged.count == 1 || isTag(tagged[1]))
    }
}
