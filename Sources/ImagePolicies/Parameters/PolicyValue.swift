// SPDX-License-Identifier: Apache-2.0

/// What a policy's parameter is set to, before the policy takes it.
public enum PolicyValue: Sendable, Hashable {
    case flag(Bool)
    case number(Int)
    case text(String)
    case texts([String])
}

extension PolicyValue: CustomStringConvertible {
    /// The value as documentation shows it.
    public var description: String {
        switch self {
        case .flag(let isOn): isOn ? "true" : "false"
        case .number(let number): "\(number)"
        case .text(let text): text
        case .texts(let texts): texts.joined(separator: ", ")
        }
    }
}
