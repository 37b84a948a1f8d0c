// SPDX-License-Identifier: Apache-2.0

public import BaseImages
public import Diagnostics
public import DockerfileSyntax
public import ImageFilesystem
public import OCISpec

/// A stage of a Dockerfile as far as it is built.
public struct StageState: Sendable {
    /// The stage's place, from 0.
    public let index: Int
    /// The name behind AS, in small letters; nil when it has none.
    public let name: String?
    /// Where the FROM line stands.
    public let range: SourceRange
    /// The image or stage behind FROM, after expansion, as written.
    public let baseReference: String
    /// What the stage stands on in the end, other stages followed.
    public internal(set) var base: Base
    /// The image's configuration so far, the base's history in front.
    public internal(set) var configuration: ImageConfiguration
    /// The filesystem so far.
    public internal(set) var tree: FileTree
    /// The layers above the base image, the lowest first.
    public internal(set) var layers: [BuiltLayer] = []
    /// The images that files were copied or mounted from, each once.
    public internal(set) var copiedImages: [BaseImage] = []
    /// Folders of which the tree may tell too much or too little, after something that was not understood.
    public internal(set) var uncertainPaths: [ImagePath] = []
    /// What is not known of the stage.
    public internal(set) var unknowns: [Unknown] = []
    /// The variables and build arguments in force.
    public internal(set) var scope: StageScope
    /// The names of the build arguments that were declared, in the order of their first declarations.
    var argumentNames: [String] = []
    /// Whether a CMD stands in this stage.
    var hasCommand = false
    /// The last USER instruction that counts here: inherited from the stage below where that stage wrote it.
    public internal(set) var userInstruction: (text: String, stage: Int, range: SourceRange)?
    /// The instruction that set the entrypoint; nil when it comes from the base.
    public internal(set) var entrypointRange: SourceRange?
    /// The instruction that set the command; nil when it comes from the base.
    public internal(set) var commandRange: SourceRange?

    /// What a stage stands on.
    public enum Base: Sendable {
        case scratch
        case image(BaseImage)
        /// An image of which nothing is known.
        case unknown(ImageReference?)
    }

    /// Whether something is not known that could have touched what the scopes name, or more.
    public func isUnknown(_ scopes: Unknown.Scope...) -> Bool {
        unknowns.contains { scopes.contains($0.scope) || $0.scope == .baseImage || $0.scope == .filesystem }
    }
}
