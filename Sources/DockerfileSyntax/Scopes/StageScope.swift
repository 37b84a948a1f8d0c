// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/reference.md, "Scope" and "Using ARG variables"; frontend/dockerfile/dockerfile2llb/convert.go.

/// The variables of a stage at one point in it: its environment, which comes first, and its build arguments.
public struct StageScope: Sendable, Hashable {
    /// What `ENV` set and the base brought.
    public private(set) var environment: EnvironmentList
    private var argumentValues = EnvironmentList()
    /// For each declared argument the number of its last declaration.
    private var declarations: [String: Int] = [:]
    private var declarationCount = 0
    private let global: GlobalScope
    private let expander: WordExpander

    /// A declared build argument.
    public struct Argument: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value; nil when neither the command line, the declaration nor the global scope gives one.
        public let value: String?
    }

    /// Starts a stage on an image.
    public init(environment: EnvironmentList, global: GlobalScope, expander: WordExpander) {
        self.environment = environment
        self.global = global
        self.expander = expander
    }

    /// Starts a stage on the end of another one, whose variables and arguments it has.
    public init(continuing base: StageScope) { self = base }

    /// The arguments declared so far, each once, in the order of their last declarations.
    public var arguments: [Argument] {
        declarations.sorted { $0.value < $1.value }.map { Argument(name: $0.key, value: argumentValues[$0.key]) }
    }

    /// The value of a name: that of the environment, else that of the argument.
    public func value(of name: String) -> String? { environment[name] ?? argumentValues[name] }

    /// The proxies given from outside, which a `RUN` sees without a declaration, as `NAME=value` in order.
    public var proxies: [String] {
        PredefinedArguments.proxies.sorted().compactMap { name in
            global.parameters.arguments[name].map { "\(name)=\($0)" }
        }
    }

    /// Whether somebody may ask for a name without a warning: it has a value, or an `ARG` declares it.
    public func isKnown(_ name: String) -> Bool {
        value(of: name) != nil || declarations[name] != nil || PredefinedArguments.proxies.contains(name)
    }

    /// Expands a word as the instructions at this point see it.
    public func expand(_ word: String) throws(ExpansionError) -> Expansion { try expander.expand(word, value(of:)) }

    /// Works off an `ARG`; the values of several are fixed one after the other.
    ///
    /// - Returns: the names without value that the defaults asked for.
    @discardableResult
    public mutating func declare(_ instruction: ArgInstruction) throws(ExpansionError) -> [String] {
        var unset: [String] = []
        for declaration in instruction.declarations {
            let name = try expand(declaration.name.text).value
            let value: String?
            if let given = global.parameters.arguments[name] {
                // The default does not count then, and neither do its mistakes.
                value = given
            } else if let word = declaration.value {
                let expansion = try expand(word.text)
                unset += expansion.unset.filter { !isKnown($0) }
                value = expansion.value
            } else {
                value = global.values[name] ?? argumentValues[name]
            }
            declarationCount += 1
            declarations[name] = declarationCount
            try argumentValues.checkSize()
            if let value { argumentValues.set(name, to: value) }
        }
        return unset
    }

    /// Works off an `ENV`; all values are fixed at its start.
    ///
    /// - Returns: the pairs that were set, in order, and the names without value that they asked for.
    @discardableResult
    public mutating func set(
        _ instruction: KeyValueInstruction
    ) throws(ExpansionError) -> (pairs: [(name: String, value: String)], unset: [String]) {
        let (pairs, unset) = try expanded(instruction)
        for pair in pairs {
            try environment.checkSize()
            environment.set(pair.name, to: pair.value)
        }
        return (pairs, unset)
    }

    /// The pairs of an `ENV` or `LABEL`, all expanded with the values of this point.
    public func expanded(
        _ instruction: KeyValueInstruction
    ) throws(ExpansionError) -> (pairs: [(name: String, value: String)], unset: [String]) {
        var pairs: [(name: String, value: String)] = []
        var unset: [String] = []
        for pair in instruction.pairs {
            let name = try expand(pair.name.text)
            let value = try expand(pair.value.text)
            unset += (name.unset + value.unset).filter { !isKnown($0) }
            pairs.append((name.value, value.value))
        }
        return (pairs, unset)
    }

    /// What a `RUN` sees: the environment, and the arguments that it does not hide, as `NAME=value`, arguments first.
    public var runEnvironment: (arguments: [String], environment: [String]) {
        var arguments: [String] = []
        for argument in self.arguments {
            guard let value = argument.value, environment[argument.name] == nil else { continue }
            arguments.append("\(argument.name)=\(value)")
        }
        return (arguments, environment.entries)
    }
}
