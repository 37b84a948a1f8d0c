// SPDX-License-Identifier: Apache-2.0

/// `EXPOSE port[/protocol] …`.
public struct ExposeInstruction: Sendable, Hashable {
    /// The words, sorted as BuildKit sorts them, before expansion. `PortSpecification` reads one after expansion.
    public let ports: [Token]

    init(_ parts: InstructionParts) throws(SyntaxError) {
        if parts.arguments.isEmpty { throw parts.needsArgument(.expose) }
        try parts.checkFlags(.expose)
        ports = parts.arguments.sorted { Array($0.text.utf8).lexicographicallyPrecedes(Array($1.text.utf8)) }
    }
}
