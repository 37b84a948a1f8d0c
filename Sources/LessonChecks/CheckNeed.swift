// SPDX-License-Identifier: Apache-2.0

public import Lessons

/// What a check is judged from. Each kind says for itself what it needs.
public enum CheckNeed: String, Sendable, Hashable, CaseIterable {
    /// The Dockerfile and its symbolic build.
    case work
    /// The analysis of the image that the work makes.
    case image
    /// The commands that ran in the lesson's shell.
    case commands
    /// The images of the local store.
    case images
    /// The settings of `docker scout config`.
    case settings
    /// The answers to questions.
    case answers

    /// Whether it is part of the learner's record, which a bare submission does not have.
    public var isRecord: Bool {
        switch self {
        case .work, .image: false
        case .commands, .images, .settings, .answers: true
        }
    }
}

extension Set<CheckNeed> {
    /// Whether something of it is part of the learner's record.
    public var asksForRecord: Bool { contains { $0.isRecord } }
}

extension LessonCheck {
    /// What the check is judged from; nothing for one of an unknown kind.
    public var needs: Set<CheckNeed> { CheckKindRegistry.named(kind)?.needs ?? [] }
}

extension LessonStep {
    /// What the step's checks are judged from together.
    public var needs: Set<CheckNeed> { checks.reduce(into: []) { $0.formUnion($1.needs) } }

    /// The checks that can be judged from a bare submission, without the learner's own record.
    public var workChecks: [LessonCheck] { checks.filter { !$0.needs.asksForRecord } }

    /// The image that the step asks the learner to build; nil when it asks for none.
    public var wantedImage: WantedImage? {
        checks.lazy.compactMap { try? CheckKindRegistry.decode($0).wantedImage }.first
    }
}
