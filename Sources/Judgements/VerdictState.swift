// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A state that is a verdict or something besides, such as "skipped" for a check and "ungradable" for a submission.
public protocol VerdictState {
    /// What was asked is so.
    static var passed: Self { get }
    /// What was asked is not so.
    static var failed: Self { get }
    /// It cannot be said.
    static var unknown: Self { get }
}

extension VerdictState {
    /// The state of a verdict.
    public init(_ verdict: Verdict) {
        switch verdict {
        case .passed: self = .passed
        case .failed: self = .failed
        case .unknown: self = .unknown
        }
    }
}
