// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// One way to ask something of a learner's work. A new one is a new file in `Kinds/` and a line in `CheckKinds`.
protocol CheckKind: Sendable {
    /// The word in `lesson.yaml`.
    static var name: String { get }

    /// Judges.
    ///
    /// - Throws: a `Failure` when the lesson's parameters make no sense, or something could not be read.
    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement
}

/// Every kind of check there is, by its word.
enum CheckKinds {
    static let all: [any CheckKind.Type] = [
        Attestations.self, CommandRan.self, CommandStarts.self, CopyFromStage.self, DockerfileParses.self,
        FinalBase.self,
        ImageAttestations.self, ImageBuilt.self, NoPackageManager.self, NoRunInFinalStage.self, NoShell.self,
        Policies.self,
        Quiz.self, SettingSet.self, SmallerThan.self, StageBase.self, UserNonRoot.self,
    ]

    static func named(_ name: String) -> (any CheckKind.Type)? { all.first { $0.name == name } }
}
