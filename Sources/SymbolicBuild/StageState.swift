// SPDX-License-Identifier: Apache-2.0

public import BaseImages
public import Diagnostics
public import DockerfileSyntax
public import ImageFilesystem
public import OCISpec
public import ShellMachine

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
    /// Where files may be that the tree does not have, or missing that it has, after something that was not understood.
    public internal(set) var uncertain = UncertainPlaces()
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

    /// Whether something is not known that leaves a facet of the stage in doubt.
    public func isDoubted(_ facet: Facet) -> Bool { unknowns.contains { $0.touches(facet) } }

    /// Whether a file that was not found may be there all the same.
    public func mayHave(_ path: ImagePath) -> Bool {
        uncertain.contains(tree.resolve(path)?.path ?? path) || unknowns.contains { $0.mayTouch(path.description) }
    }

    /// How many layers the base image has.
    var baseLayerCount: Int {
        if case .image(let image) = base { image.configuration.rootfs.diffIDs.count } else { 0 }
    }
}
