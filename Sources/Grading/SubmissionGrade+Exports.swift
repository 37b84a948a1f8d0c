// SPDX-License-Identifier: Apache-2.0

import Judgements
import Submissions

extension SubmissionGrade {
    /// Whether the points are all that there will be: nothing waits for a person.
    var isWhole: Bool { state.isJudged && state != .unknown && !steps.flatMap(\.checks).contains(where: \.isOpen) }

    /// The people behind it; where nobody is known, one who goes by the submission's name.
    var members: [SubmissionOwner.Person] {
        details.people.isEmpty ? [SubmissionOwner.Person(name: nil, identifiers: [])] : details.people
    }

    /// What is to be said to whoever handed in: the checks that did not pass, or why nothing was judged.
    var summary: String {
        if let reason { return reason.message }
        let open = steps.flatMap(\.checks).filter { $0.state != .passed }
        return open.isEmpty
            ? "All checks passed."
            : open.map { "\($0.title): \($0.state.rawValue). \($0.message)" }.joined(separator: "\n")
    }
}

extension CheckResult {
    /// Whether it counts and nobody knows yet.
    var isOpen: Bool { !isAdvisory && state == .unknown }

    /// The message, and what can be done about it.
    var advice: String { [message, fix].compactMap(\.self).joined(separator: "\n") }
}

extension SubmissionOwner.Person {
    /// The first number or address of one of these kinds; empty where there is none.
    func value(_ kinds: SubmissionOwner.Identifier.Kind...) -> String {
        kinds.lazy.compactMap { kind in identifiers.first { $0.kind == kind }?.value }.first ?? ""
    }
}
