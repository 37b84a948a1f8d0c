// SPDX-License-Identifier: Apache-2.0

public import OCISpec

extension ImageReference.ValidationError {
    /// What is wrong, for people.
    public var sentence: String {
        switch self {
        case .empty: "the name is empty"
        case .tooLong: "the name is too long"
        case .domainWrong(let text): "\(text) is no registry"
        case .pathWrong(let text): "\(text) is no repository"
        case .upperCase(let text): "\(text) has capital letters"
        case .tagWrong(let text): "\(text) is no tag"
        case .digestWrong: "the digest is malformed"
        }
    }
}
