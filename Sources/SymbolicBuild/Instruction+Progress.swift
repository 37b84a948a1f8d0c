// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax

extension Instruction {
    /// What a line could have touched that cannot be parsed.
    var scopeWhenUnread: Unknown.Scope {
        switch keyword {
        case .run, .copy, .add, .workdir, nil: .filesystem
        default: .output
        }
    }

    /// The instruction in one line: of here-documents the first line, as BuildKit sums them up.
    var progressText: String {
        guard let heredoc = heredocs.first else { return original.replacing("\n", with: " ") }
        let line = original.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? original
        let body = heredoc.content.text.split(whereSeparator: \.isNewline)
        guard let first = body.first else { return line }
        return "\(line) (\(first)\(body.count > 1 ? "..." : ""))"
    }

    /// Whether progress shows a step for it: it makes a layer.
    var makesVertex: Bool {
        switch keyword {
        case .run, .copy, .add, .workdir: true
        default: false
        }
    }
}
