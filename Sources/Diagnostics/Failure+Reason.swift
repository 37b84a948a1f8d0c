// SPDX-License-Identifier: Apache-2.0

extension Failure {
    /// What happened, as far as some caller tells it apart from the rest.
    ///
    /// Most reasons are as wide as a code and have its name. A narrower one stands below the wide ones when somebody asks for
    /// just that case.
    public enum Reason: Sendable, Hashable, CaseIterable {
        /// The command was typed in a way that makes no sense.
        case usage
        /// The input is not what it should be: malformed, contradictory.
        case malformedInput
        /// The input tries to leave its folder, follow links or otherwise do harm.
        case hostileInput
        /// The input is larger, deeper or slower than the limits allow.
        case overLimit
        /// An input does not exist.
        case noInput
        /// A needed engine or service is not there.
        case unavailable
        /// A fault of ours.
        case internalFault
        /// An output cannot be created.
        case cannotCreate
        /// Reading or writing went wrong.
        case inputOutput
        /// The user interrupted.
        case interrupted

        /// An archive's data are encrypted, and no password is ever asked for.
        case encrypted
        /// A store or archive that can be read holds no image of that name or for that platform.
        case noSuchImage
        /// The learner has not begun a lesson yet.
        case noLessonBegun
        /// A folder that was to become a workspace holds files already; they may be taken for the work as they are.
        case folderHoldsFiles
        /// A folder says that it is a workspace, and what it says is damaged or of another home.
        case unusableMarker

        /// The kind of failure that it counts as.
        public var code: Code {
            switch self {
            case .usage: .usage
            case .malformedInput, .encrypted, .unusableMarker: .malformedInput
            case .hostileInput: .hostileInput
            case .overLimit: .overLimit
            case .noInput, .noSuchImage, .noLessonBegun: .noInput
            case .unavailable: .unavailable
            case .internalFault: .internalFault
            case .cannotCreate, .folderHoldsFiles: .cannotCreate
            case .inputOutput: .inputOutput
            case .interrupted: .interrupted
            }
        }
    }

    /// The kinds of failure; the raw value is the stable name in JSON, and each has its exit code in `SeaworthyCommands`.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// 64.
        case usage
        /// 65.
        case malformedInput, hostileInput, overLimit
        /// 66.
        case noInput
        /// 69.
        case unavailable
        /// 70.
        case internalFault
        /// 73.
        case cannotCreate
        /// 74.
        case inputOutput
        /// 130.
        case interrupted
    }
}
