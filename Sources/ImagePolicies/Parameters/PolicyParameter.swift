// SPDX-License-Identifier: Apache-2.0

/// Something of a policy that a profile may set: its name, what it means, which values it takes, and where the policy keeps it.
public struct PolicyParameter<Policy: Sendable>: Sendable {
    /// The name and the meaning, without the policy's type.
    public let documentation: PolicyParameterDocumentation
    /// The value that a policy has.
    let value: @Sendable (Policy) -> PolicyValue
    /// Gives a policy a value; false where it is not one of those that the parameter takes.
    let set: @Sendable (inout Policy, PolicyValue) -> Bool

    private init(
        _ name: String,
        _ summary: String,
        _ range: PolicyParameterDocumentation.Range,
        default initial: Policy,
        value: @escaping @Sendable (Policy) -> PolicyValue,
        set: @escaping @Sendable (inout Policy, PolicyValue) -> Bool
    ) {
        documentation = PolicyParameterDocumentation(
            name: name,
            summary: summary,
            range: range,
            defaultValue: value(initial)
        )
        self.value = value
        self.set = set
    }

    /// Yes or no.
    static func flag(
        _ name: String,
        _ summary: String,
        _ path: any WritableKeyPath<Policy, Bool> & Sendable,
        in initial: Policy
    ) -> PolicyParameter {
        PolicyParameter(name, summary, .flag, default: initial) {
            .flag($0[keyPath: path])
        } set: { policy, value in
            guard case .flag(let isOn) = value else { return false }
            policy[keyPath: path] = isOn
            return true
        }
    }

    /// A whole number between two, both included.
    static func number(
        _ name: String,
        _ summary: String,
        _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<Policy, Int> & Sendable,
        in initial: Policy
    ) -> PolicyParameter {
        PolicyParameter(name, summary, .number(range), default: initial) {
            .number($0[keyPath: path])
        } set: { policy, value in
            guard case .number(let number) = value, range.contains(number) else { return false }
            policy[keyPath: path] = number
            return true
        }
    }

    /// One of several words.
    static func choice<Word: CaseIterable & RawRepresentable<String> & Sendable>(
        _ name: String,
        _ summary: String,
        _ path: any WritableKeyPath<Policy, Word> & Sendable,
        in initial: Policy
    ) -> PolicyParameter {
        let words = Word.allCases.map(\.rawValue)
        return PolicyParameter(name, summary, .oneOf(words), default: initial) {
            .text($0[keyPath: path].rawValue)
        } set: { policy, value in
            guard case .text(let text) = value, let word = Word(rawValue: text) else { return false }
            policy[keyPath: path] = word
            return true
        }
    }

    /// Some of several words, at least one; they are written in the order of their declaration.
    static func choices<Word: CaseIterable & RawRepresentable<String> & Hashable & Sendable>(
        _ name: String,
        _ summary: String,
        _ path: any WritableKeyPath<Policy, Set<Word>> & Sendable,
        in initial: Policy
    ) -> PolicyParameter {
        let words = Word.allCases.map(\.rawValue)
        return PolicyParameter(name, summary, .someOf(words), default: initial) { policy in
            .texts(Word.allCases.filter { policy[keyPath: path].contains($0) }.map(\.rawValue))
        } set: { policy, value in
            guard case .texts(let texts) = value, !texts.isEmpty else { return false }
            let chosen = texts.compactMap(Word.init(rawValue:))
            guard chosen.count == texts.count else { return false }
            policy[keyPath: path] = Set(chosen)
            return true
        }
    }

    /// Texts of any kind, at least one, none of them empty.
    ///
    /// - Parameters:
    ///   - read: what the policy makes of the texts.
    ///   - write: the texts that the policy made it of.
    static func texts<Value: Sendable>(
        _ name: String,
        _ summary: String,
        _ path: any WritableKeyPath<Policy, Value> & Sendable,
        in initial: Policy,
        read: @escaping @Sendable ([String]) -> Value,
        write: @escaping @Sendable (Value) -> [String]
    ) -> PolicyParameter {
        PolicyParameter(name, summary, .texts, default: initial) {
            .texts(write($0[keyPath: path]))
        } set: { policy, value in
            guard case .texts(let texts) = value, !texts.isEmpty, !texts.contains("") else { return false }
            policy[keyPath: path] = read(texts)
            return true
        }
    }
}
