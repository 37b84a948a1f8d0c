// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// What a name of `--build-context` stands for.
public enum NamedContext: Sendable {
    /// Another image.
    case image(ImageReference)
    /// Files beside the build context.
    case files(any BuildContext)
    /// Something that a symbolic build cannot have; why, in one sentence.
    case unknown(String)
}
