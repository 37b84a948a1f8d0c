// SPDX-License-Identifier: Apache-2.0

/// `ARG name[=default] …`.
public struct ArgInstruction: Sendable, Hashable {
    /// The declarations, in order.
    public let declarations: [Declaration]

    /// A build argument that may be given from outside.
    public struct Declaration: Sendable, Hashable {
        /// The name, before expansion.
        public let name: Token
        /// The default, before expansion; nil when there is none, an empty token for `name=`.
        public let value: Token?
    }

    init(_ parts: InstructionParts) throws(SyntaxError) {
        if parts.arguments.isEmpty { throw parts.needsArgument(.arg) }
        var declarations: [Declaration] = []
        for word in parts.arguments {
            guard word.text.utf8.contains(UInt8(ascii: "=")) else {
                declarations.append(Declaration(name: word, value: nil))
                continue
            }
            guard let (name, value) = parts.split(word), let value else {
                throw SyntaxError("ARG names can not be blank", at: word.range)
            }
            declarations.append(Declaration(name: name, value: value))
        }
        self.declarations = declarations
        try parts.checkFlags(.arg)
    }
}
