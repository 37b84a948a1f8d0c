// SPDX-License-Identifier: Apache-2.0

import Advisories
import Archives
import BaseImages
import Diagnostics
import DockerfileSyntax
import Foundation
import ImageAnalysis
import ImageFilesystem
import ImageLayouts
import LessonChecks
import Lessons
import OCISpec
import Packages
import SymbolicBuild

/// Puts the rooms together for the commands: where the store, the kit and the advisories are, and who gets what.
struct Engine: Sendable {
    let runtime: Runtime

    init(_ runtime: Runtime) { self.runtime = runtime }

    /// The local image store.
    func store() throws -> LocalImageStore {
        try LocalImageStore(path: runtime.home + "/images", limits: runtime.limits)
    }

    /// Finds base images: imported and built ones first, then the kit's models.
    func provider() throws -> BaseImageKit {
        BaseImageKit(root: try runtime.contentRoot() + "/kit", store: try store())
    }

    /// Finds packages for `apk add` and `apt-get install`.
    func repository() throws -> PackageCatalogue { PackageCatalogue(root: try runtime.contentRoot() + "/kit") }

    /// What is known of tags, digests and ends of life.
    func facts() throws -> BaseImageCatalogue { BaseImageCatalogue(root: try runtime.contentRoot() + "/kit") }

    /// The symbolic builder.
    func builder() throws -> Builder { Builder(provider: try provider(), repository: try repository()) }

    /// The vulnerability data.
    func advisories() throws -> AdvisoryDatabase {
        try AdvisoryDatabase.open(embedded: try runtime.contentRoot() + "/advisories", home: runtime.home)
    }

    /// The digest of the advisory data, for records.
    func dataDigest() throws -> String { try advisories().dataSet.digest }

    /// Analyses images with the world's facts.
    func analyzer() throws -> ImageAnalyzer {
        ImageAnalyzer(
            advisories: try advisories(),
            facts: try facts(),
            today: runtime.today,
            engineVersion: EngineVersion.current,
            limits: runtime.limits
        )
    }

    /// Writes the image of a build into blobs.
    func assembler() throws -> ImageAssembler {
        let store = try store()
        return ImageAssembler { base, diffID, body in
            let image = try store.image(base.manifestDigest.description)
            guard let layer = image.layers.first(where: { $0.diffID == diffID }) else { return }
            try image.withLayer(layer, body)
        } baseLayers: { base in
            try store.image(base.manifestDigest.description).layers.map { $0.blob() }
        }
    }

    /// Judges a lesson's steps.
    func judge(_ lesson: Lesson, _ library: LessonLibrary, limits: Limits) throws -> StepJudge {
        let provider = try provider()
        let analyzer = try analyzer()
        let tools = StepJudge.Tools(
            builder: try builder(),
            facts: try facts(),
            analyzer: analyzer,
            analyzeArchive: { file, name in
                try analyzer.analyze(try ImageSource.open(file, limits: limits).image(), name: name)
            },
            sizeOfBase: { reference in
                guard let image = try? provider.baseImage(reference, platform: .linuxAMD64), let model = image.model,
                    let size = model.recordedSizeBytes
                else { return nil }
                return RecordedSize(sizeBytes: size, recordedOf: model.recordedSizeOf, packageCount: 0)
            }
        )
        return StepJudge(
            lesson: lesson,
            starter: library.starter(of: lesson.id),
            tools: tools,
            limits: limits,
            epochSeconds: runtime.epochSeconds
        )
    }
}
