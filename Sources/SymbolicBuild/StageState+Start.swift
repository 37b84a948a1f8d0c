// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec

extension StageState {
    init(
        stage: Stage,
        base: Base,
        text: String,
        configuration: ImageConfiguration,
        tree: FileTree,
        scope: StageScope,
        unknowns: [Unknown]
    ) {
        index = stage.index
        name = stage.name
        range = stage.instruction.range
        baseReference = text
        self.base = base
        self.configuration = configuration
        self.tree = tree
        self.scope = scope
        self.unknowns = unknowns
    }

    /// A stage that goes on where another one ended.
    init(continuing below: StageState, as stage: Stage) {
        self.init(
            stage: stage,
            base: below.base,
            text: below.name ?? String(below.index),
            configuration: below.configuration,
            tree: below.tree,
            scope: StageScope(continuing: below.scope),
            unknowns: below.unknowns
        )
        argumentNames = below.argumentNames
        copiedImages = below.copiedImages
        layers = below.layers
        uncertain = below.uncertain
        userInstruction = below.userInstruction
        entrypointRange = below.entrypointRange
        commandRange = below.commandRange
    }
}
