// SPDX-License-Identifier: Apache-2.0

import BaseImages
import DockerfileSyntax
import OCISpec
import SymbolicBuild

extension WorkEvidence {
    /// The change that gives a stage another base image, as a diff; nil where the Dockerfile does not spell the image out.
    func diff(replacingBaseOf index: Int, with text: String) -> String? {
        guard let stage = outcome.graph.chain(of: index).last, case .image(let old) = stage.base else { return nil }
        return DockerfileEdit(self)?.replacing(old, with: text, in: stage.instruction.range)?.diff
    }

    /// The build or runtime sister of the hardened image that a stage stands on, as text; nil when it stands on none.
    func hardenedText(of index: Int, _ facts: any BaseImageFacts, isBuild: Bool) -> String? {
        guard let root = rootBase(index), let image = facts.hardenedImage(root.reference), image.isListed,
            root.reference.digest == nil
        else { return nil }
        if image.isBuildVariant == isBuild { return root.text }
        if isBuild { return root.text + "-dev" }
        return root.text.hasSuffix("-dev") ? String(root.text.dropLast(4)) : nil
    }
}
