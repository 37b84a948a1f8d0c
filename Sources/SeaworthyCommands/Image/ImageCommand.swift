// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import OCISpec
import Workbench

/// `seaworthy image`: the images of the local store, and those in archives and folders.
struct ImageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Look at images, and keep the local store.",
        discussion: """
            An image is named as for docker (`acme/app`, `node:lts-slim`, a digest, the beginning of an id), or by where \
            it is: `local://NAME`, `archive://FILE`, `oci-dir://FOLDER`. Base images of the kit are made when they are \
            asked for.
            """,
        subcommands: [
            ImageList.self, ImageInspect.self, ImageHistory.self, ImageFiles.self, ImageSave.self, ImageLoad.self,
            ImagePull.self, ImageTag.self, ImageRemove.self, ImagePrune.self,
        ]
    )
}

/// The options of commands that look at one image.
struct ImageChoice: ParsableArguments {
    @Option(name: .customLong("ref"), help: "Which image of an archive that holds several.")
    var reference: String?

    @Option(help: "The platform, such as linux/arm64, of an image for several.")
    var platform: String?

    /// The image of a name, and the finder that found it.
    ///
    /// - Throws: a `Failure` when there is none, or the platform is no platform.
    func find(_ name: String, _ runtime: Runtime) throws -> (ImageFinder, FoundImage) {
        let finder = ImageFinder(runtime.workbench)
        return (finder, try finder.find(name, ref: reference, platform: try wantedPlatform()))
    }

    /// The platform as a value.
    func wantedPlatform() throws -> Platform? {
        guard let platform else { return nil }
        guard let parsed = Platform(parsing: platform) else {
            throw Failure.invalidPlatform(platform)
        }
        return parsed
    }
}
