// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Something that happened in a learner's work, beside the attempts themselves.
public enum ProgressEvent: Sendable, Hashable {
    /// The learner came to a step.
    case stepEntered
    /// A hint was shown; levels count from 1.
    case hintShown(level: Int)
    /// The reference solution was shown, and laid over the files if so.
    case solutionShown(isApplied: Bool)
    /// A command ran in the lesson's shell.
    case commandRan(CommandRun)
    /// A question was answered.
    case quizAnswered(QuizAnswer)
    /// Steps were put back to their beginning; nil for all steps of the lesson. The change of the files that it belongs to has a name
    /// in the workspace's history; nil where there was none.
    case reset(steps: [String]?, change: String? = nil)
    /// An earlier reset was taken back.
    case undo(reset: Int64)
    /// An earlier reset that was taken back counts again.
    case redo(reset: Int64)
    /// A setting got a value; nil when it was taken away.
    case settingChanged(name: String, value: String?)
    /// A variable got a value; nil when it was taken away.
    case variableChanged(name: String, value: String?)
    /// A step was judged; the attempt of the same id has the report.
    case attempt
    /// An event of a newer program that this one does not know, kept as it is.
    case other(kind: String)
}

/// A command that ran in the lesson's shell.
public struct CommandRun: Sendable, Hashable, Codable {
    /// The line as it was typed.
    public let line: String
    /// The exit code.
    public let exitCode: Int
    /// The image that it built or looked at; nil when there was none.
    public let image: String?
    /// That image's digest; nil when there was none.
    public let digest: String?

    /// A command that made no image, unless one is named.
    public init(line: String, exitCode: Int, image: String? = nil, digest: String? = nil) {
        self.line = line
        self.exitCode = exitCode
        self.image = image
        self.digest = digest
    }
}

/// An answer to a question of a step.
public struct QuizAnswer: Sendable, Hashable, Codable {
    /// The question's id.
    public let question: String
    /// The answers that were chosen, in the learner's order.
    public let answers: [String]
    /// Whether they were right; nil when nobody has judged them yet.
    public let isCorrect: Bool?

    /// An answer that nobody has judged yet, unless it is said.
    public init(question: String, answers: [String], isCorrect: Bool? = nil) {
        self.question = question
        self.answers = answers
        self.isCorrect = isCorrect
    }
}

/// An event with its place in the record.
public struct RecordedEvent: Sendable, Hashable, Identifiable {
    /// The number in the one order of everything that happened.
    public let id: Int64
    /// The lesson; nil for what belongs to none.
    public let lesson: String?
    /// The step; nil for what belongs to none.
    public let step: String?
    /// When it happened.
    public let time: Date
    /// What happened.
    public let event: ProgressEvent
}

extension ProgressEvent {
    private struct Detail: Codable {
        var level: Int?
        var isApplied: Bool?
        var command: CommandRun?
        var quiz: QuizAnswer?
        var steps: [String]?
        var reset: Int64?
        var change: String?
        var name: String?
        var value: String?
    }

    /// The name of the kind in the database.
    public var kind: String {
        switch self {
        case .stepEntered: "step-entered"
        case .hintShown: "hint-shown"
        case .solutionShown: "solution-shown"
        case .commandRan: "command-ran"
        case .quizAnswered: "quiz-answered"
        case .reset: "reset"
        case .undo: "undo"
        case .redo: "redo"
        case .settingChanged: "setting-changed"
        case .variableChanged: "variable-changed"
        case .attempt: "attempt"
        case .other(let kind): kind
        }
    }

    /// What the kind does not say, as JSON with sorted keys.
    var detail: String {
        get throws {
            var detail = Detail()
            switch self {
            case .stepEntered, .attempt, .other: break
            case .hintShown(let level): detail.level = level
            case .solutionShown(let isApplied): detail.isApplied = isApplied
            case .commandRan(let command): detail.command = command
            case .quizAnswered(let answer): detail.quiz = answer
            case .reset(let steps, let change):
                detail.steps = steps
                detail.change = change
            case .undo(let reset), .redo(let reset): detail.reset = reset
            case .settingChanged(let name, let value), .variableChanged(let name, let value):
                detail.name = name
                detail.value = value
            }
            return try ProgressJSON.text(of: detail)
        }
    }

    /// Reads what the database has.
    init(kind: String, detail text: String) throws {
        let detail = try ProgressJSON.value(Detail.self, of: text)
        switch kind {
        case "step-entered": self = .stepEntered
        case "attempt": self = .attempt
        case "hint-shown": self = .hintShown(level: detail.level ?? 1)
        case "solution-shown": self = .solutionShown(isApplied: detail.isApplied ?? false)
        case "reset": self = .reset(steps: detail.steps, change: detail.change)
        default:
            if kind == "command-ran", let command = detail.command {
                self = .commandRan(command)
            } else if kind == "quiz-answered", let quiz = detail.quiz {
                self = .quizAnswered(quiz)
            } else if kind == "undo", let reset = detail.reset {
                self = .undo(reset: reset)
            } else if kind == "redo", let reset = detail.reset {
                self = .redo(reset: reset)
            } else if kind == "setting-changed", let name = detail.name {
                self = .settingChanged(name: name, value: detail.value)
            } else if kind == "variable-changed", let name = detail.name {
                self = .variableChanged(name: name, value: detail.value)
            } else {
                self = .other(kind: kind)
            }
        }
    }
}
