// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import HostFiles

/// Who is in a class: a table of a course site or a spreadsheet, its columns in any order and under any of their usual names.
public struct Roster: Sendable {
    /// The people, in the table's order.
    public let people: [Entry]

    /// Somebody of the class.
    public struct Entry: Sendable, Hashable {
        /// The cells by what they are, in the order in which a missing person is named by them.
        let identifiers: [SubmissionOwner.Identifier]
        /// The name; nil where the table has none.
        public let name: String?
        /// The groups that the person works in.
        let groups: [String]

        /// All that the person may be found by.
        var values: [String] { identifiers.map(\.value) + [name].compactMap(\.self) }
    }

    /// What a column holds.
    private enum Column: Hashable {
        case identifier(SubmissionOwner.Identifier.Kind)
        case name, first, last, group
    }

    /// Reads a table.
    ///
    /// - Throws: a `Failure`: `noInput`, `overLimit`, or `malformedInput` for a table without people.
    public init(readingFile path: String) throws {
        try self.init(try HostFile.read(path, limit: 64 << 20), place: .file(path))
    }

    /// Reads a table's bytes.
    ///
    /// - Throws: a `Failure`: `malformedInput` when nobody is in it.
    public init(_ bytes: [UInt8], place: Place) throws {
        let rows = DelimitedTable(bytes).rows
        // Canvas and some schools put lines of their own above the names of the columns.
        func known(_ row: [String]) -> Int { Self.columns(row).count { $0 != nil } }
        let head = rows.prefix(5).firstIndex { known($0) > 1 } ?? (rows.first.map(known) == 1 ? 0 : nil)
        let columns = head.map { Self.columns(rows[$0]) }
        let body = head.map { rows[($0 + 1)...] } ?? rows[...]
        var people: [Entry] = []
        for row in body {
            let entry = columns.map { Self.entry(row, $0) } ?? Self.entry(row)
            if let entry, !people.contains(entry) { people.append(entry) }
        }
        guard !people.isEmpty else {
            throw Failure(
                .malformedInput,
                "nobody is in the roster",
                at: place,
                why: rows.isEmpty ? "it is empty" : "none of its columns holds a name, an id or an address",
                fix: "Name the columns, such as: id,name,email"
            )
        }
        self.people = people
    }

    private static func columns(_ row: [String]) -> [Column?] { row.map(column) }

    private static func column(_ title: String) -> Column? {
        switch title.lowercased().filter({ $0.isLetter || $0.isNumber }) {
        case "id", "userid", "canvasuserid", "identifier", "identifiant", "participant", "participantid":
            .identifier(.any)
        case "sisuserid", "sisid", "sid", "studentid", "studentnumber", "idnumber", "matriculationnumber",
            "matrikelnummer",
            "orgdefinedid", "universityid", "number", "matnr", "studentno":
            .identifier(.school)
        case "sisloginid", "loginid", "login", "username", "user", "netid", "uid", "account", "kennung", "benutzername",
            "github",
            "githubusername", "githublogin", "githubid", "loginname":
            .identifier(.login)
        case "email", "emailaddress", "mail", "emailaddresses", "mailaddress", "emailadresse", "institutionalemail":
            .identifier(.email)
        case "name", "student", "fullname", "studentname", "displayname", "students", "learner", "person", "nom",
            "sortablename":
            .name
        case "firstname", "first", "givenname", "givennames", "forename", "vorname", "prenom", "prénom": .first
        case "lastname", "last", "surname", "familyname", "nachname", "nomdefamille": .last
        case "group", "groups", "groupname", "team", "teams", "teamname", "gruppe": .group
        default: nil
        }
    }

    private static func entry(_ row: [String], _ columns: [Column?]) -> Entry? {
        var cells: [Column: String] = [:]
        for (column, cell) in zip(columns, row) {
            guard let column, !cell.isEmpty, cells[column] == nil else { continue }
            cells[column] = cell
        }
        let isSite = columns.contains(.identifier(.school)) || columns.contains(.identifier(.login))
        let given = cells[.first].map { first in cells[.last].map { first + " " + $0 } ?? first } ?? cells[.last]
        let name = cells[.name] ?? given
        if let name, isNobody(name) { return nil }
        let order: [SubmissionOwner.Identifier.Kind] = [.login, .school, .any, .email]
        let identifiers = order.compactMap { kind in
            cells[.identifier(kind)].map { value in
                // Beside a school's own numbers a site's `ID` is the site's.
                SubmissionOwner.Identifier(kind == .any && isSite ? .site : kind, number(value))
            }
        }
        let groups = cells[.group].map(Self.list) ?? []
        return identifiers.isEmpty && name == nil ? nil : Entry(identifiers: identifiers, name: name, groups: groups)
    }

    private static func list(_ cell: String) -> [String] {
        cell.split { ",;|".contains($0) }.map { part in String(part.drop { $0 == " " }) }
    }

    /// A row of a table that does not name its columns: every cell may be what somebody goes by.
    private static func entry(_ row: [String]) -> Entry? {
        let cells = row.filter { !$0.isEmpty }
        guard let first = cells.first else { return nil }
        let kinds = cells.map { SubmissionOwner.Identifier($0.contains("@") ? .email : .any, $0) }
        return Entry(identifiers: kinds, name: cells.first { $0.contains(" ") } ?? first, groups: [])
    }

    /// Moodle writes `Participant 12` where its downloads say 12.
    private static func number(_ value: String) -> String {
        let words = value.split(separator: " ")
        return words.count == 2 && words[0].lowercased() == "participant" ? String(words[1]) : value
    }

    /// Rows of Canvas that are no people.
    private static func isNobody(_ name: String) -> Bool {
        ["points possible", "student, test", "test student"].contains(name.lowercased())
    }
}
