// SPDX-License-Identifier: Apache-2.0

/// What a judgement comes to. There is no fourth answer and no default.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// What was asked is so, and the evidence shows it.
    case passed
    /// What was asked is not so, and the evidence shows it.
    case failed
    /// The engine did not understand enough to say; the evidence names what and where.
    case unknown

    /// The verdict on several things that must all hold: a failure weighs most, then ignorance.
    public static func all(of verdicts: some Sequence<Verdict>) -> Verdict {
        var result = Verdict.passed
        for verdict in verdicts {
            switch verdict {
            case .failed: return .failed
            case .unknown: result = .unknown
            case .passed: continue
            }
        }
        return result
    }
}
