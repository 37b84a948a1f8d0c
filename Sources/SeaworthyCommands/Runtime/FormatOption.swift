// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Reporting

/// The value of a `--format`: one of the forms that a report has.
struct FormatOption<Subject: FormattedSubject>: ExpressibleByArgument {
    private let format: any ReportFormat<Subject>

    /// The form that nobody has to ask for.
    init() { format = Subject.standardFormat }

    init?(argument: String) {
        guard let format = Subject.formats.first(where: { $0.name == argument }) else { return nil }
        self.format = format
    }

    static var allValueStrings: [String] { Subject.formats.map(\.name) }
    var defaultValueDescription: String { format.name }

    /// The form `json` when a `--json` asks for it, else this one.
    func orJSON(_ isJSON: Bool) -> Self { isJSON ? Self(argument: "json") ?? self : self }

    func render(_ subject: Subject) throws -> String { try format.render(subject) }
}
