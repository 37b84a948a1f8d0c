// SPDX-License-Identifier: Apache-2.0

/// `ONBUILD instruction`.
public struct OnbuildInstruction: Sendable, Hashable {
    /// The instruction that a build from this image runs. Its own mistakes show only then, so they are no errors here.
    public let trigger: Instruction
    /// What the image's configuration keeps: the instruction's text and its here-documents.
    public let expression: String

    init(_ parts: InstructionParts, _ trigger: Instruction?) throws(SyntaxError) {
        guard let trigger else { throw parts.needsArgument(.onbuild) }
        try parts.checkFlags(.onbuild)
        switch trigger.keyword {
        case .onbuild:
            throw SyntaxError("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", at: trigger.keywordToken.range)
        case .maintainer, .from:
            let name = trigger.keywordToken.text.uppercased()
            throw SyntaxError("\(name) isn't allowed as an ONBUILD trigger", at: trigger.keywordToken.range)
        default: break
        }
        self.trigger = trigger
        var expression = parts.rest.text
        for heredoc in parts.heredocs { expression += "\n" + heredoc.rawContent + heredoc.name }
        self.expression = expression
    }
}
