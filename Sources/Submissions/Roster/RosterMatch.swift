// SPDX-License-Identifier: Apache-2.0

/// The people of a class held against what was handed in: whose each submission is, who is missing, and what is nobody's.
public struct RosterMatch: Sendable {
    /// The submissions, and one more for each person who handed in nothing; sorted by id.
    public let collection: SubmissionCollection
    /// How many people the roster has.
    public let peopleCount: Int
    /// The submissions of nobody on the roster, by id.
    public let strangers: [String]

    /// Finds out.
    ///
    /// Numbers and addresses decide before names, and names before parts of them; what fits two people decides nothing.
    public init(_ roster: Roster, _ found: SubmissionCollection) {
        var owners: [String: Set<Int>] = [:]
        let index = Index(roster)
        for submission in found.submissions {
            owners[submission.id] = index.people(submission)
        }
        let present = owners.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
        let style = Self.style(roster, found, owners)
        let missing = roster.people.indices.filter { !present.contains($0) }.map { number in
            let person = roster.people[number]
            let id = SubmissionName.id(of: Self.id(of: person, style))
            return Submission(
                id: id,
                path: "",
                shownPath: nil,
                form: .nothing,
                owner: SubmissionOwner(
                    id: id,
                    people: [SubmissionOwner.Person(name: person.name, identifiers: person.identifiers)]
                )
            )
        }
        peopleCount = roster.people.count
        strangers = owners.filter(\.value.isEmpty).keys.sorted(by: SubmissionCollection.precedes)
        collection = SubmissionCollection(found.submissions + missing, ignored: found.ignored)
    }

    /// By what kind of cell those who handed in are named, so that who did not is named alike.
    private static func style(_ roster: Roster, _ found: SubmissionCollection, _ owners: [String: Set<Int>])
        -> SubmissionOwner.Identifier.Kind?
    {
        var counts: [SubmissionOwner.Identifier.Kind: Int] = [:]
        var names = 0
        for submission in found.submissions {
            for number in owners[submission.id] ?? [] {
                let person = roster.people[number]
                for identifier in person.identifiers where identifier.value.lowercased() == submission.id.lowercased() {
                    counts[identifier.kind, default: 0] += 1
                }
                if person.name?.lowercased() == submission.id.lowercased() { names += 1 }
            }
        }
        let best = counts.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }.first
        if let best, best.value >= names { return best.key }
        return names > 0 ? nil : .login
    }

    private static func id(of person: Roster.Entry, _ style: SubmissionOwner.Identifier.Kind?) -> String {
        if style == nil, let name = person.name { return name }
        return person.identifiers.first { $0.kind == style }?.value ?? person.identifiers.first?.value ?? person.name
            ?? "?"
    }
}

/// The people of a roster by all that they may be found by.
private struct Index {
    private var identifiers: [SubmissionOwner.Identifier: Set<Int>] = [:]
    private var anyIdentifier: [String: Set<Int>] = [:]
    private var names: [String: Set<Int>] = [:]
    private var guesses: [String: Set<Int>] = [:]
    private var groups: [String: Set<Int>] = [:]

    init(_ roster: Roster) {
        for (number, person) in roster.people.enumerated() {
            for identifier in person.identifiers {
                let value = identifier.value.lowercased()
                identifiers[.init(identifier.kind, value), default: []].insert(number)
                if identifier.kind != .site { anyIdentifier[value, default: []].insert(number) }
                if identifier.kind == .login || identifier.kind == .any { guesses[value, default: []].insert(number) }
                if identifier.kind == .email, let at = value.firstIndex(of: "@") {
                    guesses[String(value[..<at]), default: []].insert(number)
                }
            }
            for key in person.name.map(PersonName.keys) ?? [] { names[key, default: []].insert(number) }
            for group in person.groups { groups[PersonName.words(group).joined(), default: []].insert(number) }
        }
    }

    /// The people whose a submission is: one, all of a group, or nobody that the roster knows.
    func people(_ submission: Submission) -> Set<Int> {
        var result: Set<Int> = []
        for person in submission.owner.people { result.formUnion(one(person) ?? []) }
        if !result.isEmpty { return result }
        for person in submission.owner.people {
            if let name = person.name ?? person.identifiers.first?.value,
                let members = groups[PersonName.words(name).joined()]
            {
                return members
            }
        }
        return []
    }

    private func one(_ person: SubmissionOwner.Person) -> Set<Int>? {
        func only(_ found: Set<Int>?) -> Set<Int>? { found?.count == 1 ? found : nil }
        for identifier in person.identifiers where identifier.kind != .guess {
            let value = identifier.value.lowercased()
            let found: Set<Int>?
            switch identifier.kind {
            case .any: found = anyIdentifier[value]
            // A table may call the site's number `ID` or `Identifier` and have no other.
            case .site, .login, .school, .email:
                found = identifiers[.init(identifier.kind, value)] ?? identifiers[.init(.any, value)]
            case .guess: found = nil
            }
            if let found = only(found) { return found }
        }
        for key in (person.name.map(PersonName.keys) ?? []).sorted() {
            if let found = only(names[key]) { return found }
        }
        for identifier in person.identifiers {
            let value = identifier.value.lowercased()
            let local = value.firstIndex(of: "@").map { String(value[..<$0]) } ?? value
            if identifier.kind != .site, let found = only(guesses[local]) { return found }
        }
        return nil
    }
}
