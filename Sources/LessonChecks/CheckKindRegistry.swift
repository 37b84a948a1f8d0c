// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import DockerfileSyntax
public import Lessons

/// Every kind of check there is, by its word.
public struct CheckKindRegistry: CheckVocabulary {
    static let all: [any CheckKind.Type] = [
        Application.self,
        Attestations.self,
        Command.self,
        CommandStarts.self,
        CopyFromStage.self,
        DockerfileParses.self,
        FinalBase.self,
        ImageAttestations.self,
        ImageBuilt.self,
        NoPackageManager.self,
        NoRunInFinalStage.self,
        NoShell.self,
        Policies.self,
        Quiz.self,
        Setting.self,
        SmallerThan.self,
        StageBase.self,
        UserNonRoot.self,
    ]

    /// The only value; for a library of lessons, which asks it about each check that it reads.
    public init() {}

    /// The kind of that word; nil when there is none.
    static func named(_ name: String) -> (any CheckKind.Type)? { all.first { $0.name == name } }

    /// What is wrong with a check's kind and further keys, in the order of the file.
    public func problems(of check: LessonCheck, commonKeys: [String]) -> [Finding] {
        guard let kind = Self.named(check.kind) else { return [Self.unknownKind(check)] }
        let unknown = Self.unknownKeys(check, kind, commonKeys)
        do throws(ParameterProblem) {
            _ = try kind.decode(check)
            return unknown
        } catch {
            return unknown + [error.finding]
        }
    }

    /// The check with its parameters decoded.
    ///
    /// - Throws: a `Failure` with the place of the first thing that is wrong with it.
    static func decode(_ check: LessonCheck) throws -> DecodedCheck {
        guard let kind = named(check.kind) else { throw failure(unknownKind(check)) }
        if let unknown = unknownKeys(check, kind, []).first { throw failure(unknown) }
        do throws(ParameterProblem) {
            return try kind.decode(check)
        } catch {
            throw failure(error.finding)
        }
    }

    private static func unknownKind(_ check: LessonCheck) -> Finding {
        let names = all.map { $0.name }.sorted()
        return Finding(
            rule: "CheckKind",
            message: "Nobody can judge a check of the kind `\(check.kind)`.",
            at: check.kindPlace,
            fix: Suggestion.nearest(to: check.kind, among: names).map { "Write `\($0)`." }
                ?? "Use one of \(names.joined(separator: ", "))."
        )
    }

    private static func unknownKeys(_ check: LessonCheck, _ kind: any CheckKind.Type, _ common: [String]) -> [Finding] {
        let known = kind.parameterDocumentation.map(\.key)
        return check.parameters.filter { !known.contains($0.key) }.map { parameter in
            .unknownKey(
                parameter.key,
                of: "a check of the kind `\(check.kind)`",
                known: known + common,
                at: parameter.keyPlace
            )
        }
    }

    private static func failure(_ finding: Finding) -> Failure {
        Failure(.malformedInput, "The lesson cannot be used", at: finding.place, why: finding.message, fix: finding.fix)
    }
}

extension CheckKind {
    /// What is said of its further keys, in the order in which they are shown.
    static var parameterDocumentation: [ParameterDocumentation] { Parameters.documentation }
}
