// SPDX-License-Identifier: Apache-2.0

/// Why a command failed, as a value: advice hangs on this, never on the text that the command wrote.
public enum CommandFailure: Sendable, Hashable, Codable {
    /// The program is not in the image; its name as typed.
    case programMissing(String)
    /// The program has no such option.
    case optionUnknown(option: String, program: String, isBusybox: Bool)
    /// The user may not do this: to a file, a folder or the account files.
    case notPermitted(String)
    /// An account or group of that name is there already.
    case nameTaken(String)
    /// A user or group number is taken already.
    case numberTaken(Int)
    /// There is no such group.
    case groupMissing(String)
    /// There is no such user.
    case userMissing(String)
    /// There is no such file or folder.
    case fileMissing(String)
    /// The program, named here, wants a network and has none.
    case noNetwork(String)
}
