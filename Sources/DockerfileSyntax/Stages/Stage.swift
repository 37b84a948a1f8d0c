// SPDX-License-Identifier: Apache-2.0

/// A `FROM` and the instructions behind it.
public struct Stage: Sendable, Hashable {
    /// The number, from 0.
    public let index: Int
    /// The `FROM`'s meaning.
    public let from: FromInstruction
    /// The `FROM` itself.
    public let instruction: Instruction
    /// The instructions of the stage, in order, the `FROM` not among them; those with errors are.
    public let instructions: [Instruction]
    /// What it is built on.
    public let base: Source
    /// `--platform` after expansion; nil when not given.
    public let platform: String?
    /// What it needs of other stages, images and contexts besides its base, in order.
    public let dependencies: [Dependency]
    /// The names that its `FROM` asked for and nobody declared.
    public let undeclared: [String]

    /// The name in small letters; nil when it has none.
    public var name: String? { from.name }

    /// Where files come from.
    public enum Source: Sendable, Hashable {
        /// Nothing at all.
        case scratch
        /// Another stage, by its number.
        case stage(Int)
        /// An image, as the Dockerfile names it after expansion.
        case image(String)
        /// A context given with `--build-context`.
        case context(String)
        /// The reference cannot be known, because it has an error.
        case unknown
    }

    /// The stages that it needs, by number, its base among them; in order, each once.
    public var stageDependencies: [Int] {
        var found: Set<Int> = []
        for source in [base] + dependencies.map(\.source) {
            if case .stage(let index) = source { found.insert(index) }
        }
        return found.sorted()
    }
}
