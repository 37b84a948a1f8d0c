// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

extension ExposeInstruction {
    /// The ports after expansion, in order, with their texts; what is no port the parser has told of.
    func specifications(in scope: LintScope) -> [(text: String, specification: PortSpecification)] {
        ports.flatMap { (try? scope.variables.expand($0.text).words) ?? [] }.compactMap { word in
            (try? PortSpecification(parsing: word)).map { (word, $0) }
        }
    }
}
