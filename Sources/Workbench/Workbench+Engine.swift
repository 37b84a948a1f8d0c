// SPDX-License-Identifier: Apache-2.0

package import BaseImages
package import Diagnostics
package import ImageAnalysis
import ImageLayouts
package import LessonChecks
package import Lessons
import OCISpec
package import SymbolicBuild
import Workspaces

extension Workbench {
    /// The symbolic builder.
    ///
    /// - Parameter bases: finds base images; store and kit when nil.
    package func builder(_ bases: (any BaseImageProvider)? = nil) throws -> Builder {
        Builder(provider: try bases ?? kit(), repository: try packages())
    }

    /// Analyses images with the world's facts.
    package func analyzer() throws -> ImageAnalyzer {
        ImageAnalyzer(
            advisories: try advisories(),
            facts: try facts(),
            today: day,
            engineVersion: EngineVersion.current,
            limits: surroundings.limits
        )
    }

    /// Writes the image of a build into blobs.
    package func assembler() throws -> ImageAssembler {
        let store = try store()
        @Sendable func stored(_ base: BaseImage) throws -> LoadedImage {
            try store.image(
                manifest: base.manifestDigest,
                name: base.reference,
                platform: base.configuration.platform
            )
        }
        return ImageAssembler { base, diffID, body in
            let image = try stored(base)
            guard let layer = image.layers.first(where: { $0.diffID == diffID }) else { return }
            try image.withLayer(layer, body)
        } baseLayers: { base in
            try stored(base).layers.map { $0.blob() }
        }
    }

    /// Judges a lesson's steps: for the day that was asked for, else the one that the data reach.
    package func judge(_ lesson: Lesson, limits: Limits) throws -> StepJudge {
        guard hasGivenDay else { return try judging(asOf: dataDay()).judge(lesson, limits: limits) }
        let kit = try kit()
        let analyzer = try analyzer()
        let tools = StepJudge.Tools(
            builder: try builder(),
            facts: try facts(),
            analyzer: analyzer,
            openArchive: { file, name in
                let image = try ImageSource.open(file, limits: limits).image()
                return StepJudge.OpenedArchive(dockerfile: AttestationReading(image).dockerfile) {
                    try analyzer.analyze(image, name: name)
                }
            },
            sizeOfBase: { reference in
                guard let image = try? kit.baseImage(reference, platform: .linuxAMD64), let model = image.model,
                    let size = model.recordedSizeBytes
                else { return nil }
                return RecordedSize(sizeBytes: size, recordedOf: model.recordedSizeOf, packageCount: 0)
            }
        )
        return StepJudge(
            lesson: lesson,
            starter: try lessons().starter(of: lesson.id).map {
                try WorkFiles(reading: $0, limits: surroundings.limits)
            },
            tools: tools,
            limits: limits,
            epochSeconds: daySeconds,
            asOf: day
        )
    }
}
