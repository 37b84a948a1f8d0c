// SPDX-License-Identifier: Apache-2.0
//
// Source: windyroad/JUnit-Schema, JUnit.xsd, the form of Ant; XML 1.0, 2.2 "Characters".

import Judgements

/// A grade book for whoever reads test results: a suite a submission, a case a check.
///
/// A check that failed is a failure, one that is unknown an error, one that was not tried skipped. Advice that was not taken is skipped
/// as well, for it decides nothing. The form knows no part of a pass, so points stand in the suite's properties. It wants a time, and has
/// the beginning of the day for which was judged.
public struct JUnitReport: GradeBookDocument {
    /// `junit`.
    public var name: String { "junit" }
    /// `junit.xml`.
    public var place: String { "junit.xml" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func bytes(_ book: GradeBook) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
        for (number, grade) in book.grades.enumerated() { text += suite(grade, number, book.basis) }
        return Array((text + "</testsuites>\n").utf8)
    }

    private func suite(_ grade: SubmissionGrade, _ number: Int, _ basis: GradingBasis) -> String {
        let cases = grade.steps.flatMap { step in step.checks.map { (step: step, check: $0) } }
        let unjudged = grade.reason.map { reason in
            element(
                "testcase",
                [("name", "submission"), ("classname", basis.lesson), ("time", "0")],
                [
                    "<error message=\(quoted(reason.message)) type=\(quoted(grade.state.rawValue))/>"
                ]
            )
        }
        let states = cases.map { outcome($0.check) }
        let attributes = [
            ("id", String(number)), ("name", grade.id), ("package", basis.lesson), ("hostname", "localhost"),
            ("timestamp", (basis.asOf ?? "1970-01-01") + "T00:00:00"),
            ("tests", String(cases.count + (unjudged == nil ? 0 : 1))),
            ("failures", String(states.count { $0 == .failure })),
            ("errors", String(states.count { $0 == .error } + (unjudged == nil ? 0 : 1))),
            ("skipped", String(states.count { $0 == .skipped })), ("time", "0"),
        ]
        var properties = [("state", grade.state.rawValue)]
        if let points = grade.points, let most = grade.maxPoints {
            properties += [("points", String(points)), ("maxPoints", String(most))]
        }
        if let digest = grade.inputDigest { properties.append(("inputDigest", digest)) }
        let children =
            [element("properties", [], properties.map { element("property", [("name", $0.0), ("value", $0.1)], []) })]
            + (unjudged.map { [$0] } ?? []) + cases.map { testCase($0.check, in: $0.step) }
            + ["<system-out></system-out>", "<system-err></system-err>"]
        return element("testsuite", attributes, children) + "\n"
    }

    private enum Outcome { case success, failure, error, skipped }

    private func outcome(_ check: CheckResult) -> Outcome {
        switch check.state {
        case .passed: .success
        case .failed: check.isAdvisory ? .skipped : .failure
        case .unknown: check.isAdvisory ? .skipped : .error
        case .skipped: .skipped
        }
    }

    private func testCase(_ check: CheckResult, in step: StepReport) -> String {
        let says = [check.message, check.fix].compactMap(\.self).joined(separator: "\n")
        let child: [String] =
            switch outcome(check) {
            case .success: []
            case .failure: ["<failure message=\(quoted(check.message)) type=\"failed\">\(escaped(says))</failure>"]
            case .error: ["<error message=\(quoted(check.message)) type=\"unknown\">\(escaped(says))</error>"]
            case .skipped: ["<skipped/>"]
            }
        return element(
            "testcase",
            [("name", check.id), ("classname", "\(step.lesson).\(step.step)"), ("time", "0")],
            child
        )
    }

    private func element(_ name: String, _ attributes: [(String, String)], _ children: [String]) -> String {
        let start = "<" + name + attributes.map { " \($0.0)=\(quoted($0.1))" }.joined()
        return children.isEmpty ? start + "/>" : start + ">\n" + children.joined(separator: "\n") + "\n</\(name)>"
    }

    private func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    /// The text for XML; characters that no document may hold are shown as U+FFFD.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t", "\r": result += "&#\(scalar.value);"
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
