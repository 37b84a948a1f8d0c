// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// The exit codes of the command line contract, in one place.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done.
    case success = 0
    /// Judged, and it did not pass.
    case notPassed = 1
    /// The condition of `--exit-code` or `--exit-on` is met.
    case conditionMet = 2
    /// Judged; nothing failed but something is unknown.
    case unknown = 3
    /// Bad usage.
    case usage = 64
    /// The input is not what it should be.
    case dataError = 65
    /// An input does not exist.
    case noInput = 66
    /// A needed engine or service is not there.
    case unavailable = 69
    /// A fault of ours.
    case software = 70
    /// Cannot create.
    case cannotCreate = 73
    /// Cannot read or write.
    case inputOutput = 74
    /// Interrupted.
    case interrupted = 130

    /// The exit code that a failure asks for. A new code does not compile until it has one.
    public init(_ code: Failure.Code) {
        switch code {
        case .usage: self = .usage
        case .malformedInput, .hostileInput, .overLimit: self = .dataError
        case .noInput: self = .noInput
        case .unavailable: self = .unavailable
        case .internalFault: self = .software
        case .cannotCreate: self = .cannotCreate
        case .inputOutput: self = .inputOutput
        case .interrupted: self = .interrupted
        }
    }

    /// The exit code of a gate: of `--exit-code` and `--exit-on`, whose condition is met by what did not pass.
    public init(gate verdict: Verdict) {
        switch verdict {
        case .passed: self = .success
        case .failed: self = .conditionMet
        case .unknown: self = .unknown
        }
    }

    /// The exit code of a judgement.
    public init(_ verdict: Verdict) {
        switch verdict {
        case .passed: self = .success
        case .failed: self = .notPassed
        case .unknown: self = .unknown
        }
    }
}
