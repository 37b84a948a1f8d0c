// SPDX-License-Identifier: Apache-2.0

import Packages

/// Finds the vulnerabilities of packages in records.
struct Matcher<Source: RecordSource> {
    let source: Source
    let manifest: DataSetManifest
    var orders = VersionOrders.standard
    /// What was asked of the same records before; nil keeps nothing.
    var memo: MatchMemo?

    /// What the records say about the packages.
    func match(_ packages: [Package]) throws -> MatchReport {
        var matches: [VulnerabilityMatch] = []
        var gaps: [String: Set<String>] = [:]
        var undecided: Set<Undecided> = []
        var unjudged: Set<UnjudgedPackage> = []
        let coverage = CoverageIndex(manifest.coverage)
        let subjects = Subject.subjects(of: packages)
        for subject in subjects {
            func gap(_ ecosystem: String) {
                gaps[ecosystem, default: []].insert(subject.name)
                unjudged.formUnion(subject.unjudged(ecosystem))
            }
            guard let ecosystem = subject.ecosystem else {
                gap("\(subject.type.rawValue) packages of an unknown distribution")
                continue
            }
            if !coverage.covers(subject.name, subject.version, in: ecosystem) { gap(ecosystem.description) }
            let hits = try hits(of: subject, in: ecosystem, undecided: &undecided)
            matches += try groups(hits).map { try match($0, subject: subject, ecosystem: ecosystem) }
        }
        return MatchReport(
            matches: matches.sorted(by: VulnerabilityMatch.isListedBefore),
            dataSet: manifest.identity,
            gaps: gaps.sorted { $0.key < $1.key }.map { CoverageGap(ecosystem: $0.key, packages: $0.value.sorted()) },
            undecided: undecided.sorted { ($0.id, $0.package) < ($1.id, $1.package) },
            packageCount: subjects.reduce(0) { $0 + $1.distinct.count },
            unjudged: unjudged.sorted {
                ($0.type.rawValue, $0.name, $0.version, $0.ecosystem)
                    < ($1.type.rawValue, $1.name, $1.version, $1.ecosystem)
            }
        )
    }

    private func hits(
        of subject: Subject,
        in ecosystem: Ecosystem,
        undecided: inout Set<Undecided>
    ) throws -> [RecordHit] {
        let key = MatchMemo.Key(ecosystem: ecosystem, name: subject.name, version: subject.version)
        if let known = memo?[key] {
            undecided.formUnion(known.undecided)
            return known.hits
        }
        var own: Set<Undecided> = []
        let hits = try asked(subject, in: ecosystem, undecided: &own)
        memo?.keep(MatchMemo.Answer(hits: hits, undecided: own), for: key)
        undecided.formUnion(own)
        return hits
    }

    private func asked(
        _ subject: Subject,
        in ecosystem: Ecosystem,
        undecided: inout Set<Undecided>
    ) throws -> [RecordHit] {
        let records = try source.records(ecosystem: ecosystem.base, name: ecosystem.comparableName(subject.name))
        let order = orders.order(of: ecosystem)
        return records.flatMap { sourced -> [RecordHit] in
            let record = sourced.record
            guard record.withdrawn == nil else { return [] }
            for entry in record.affected where entry.speaks(of: subject.name, in: ecosystem) {
                switch entry.evaluate(subject.version, order: order) {
                case .affected(let stretch): return Self.hits(sourced, entry: entry, stretch: stretch)
                case .undecided(let reason):
                    undecided.insert(
                        Undecided(id: record.id, package: subject.name + " " + subject.version, reason: reason)
                    )
                case .notAffected: continue
                }
            }
            return []
        }
    }

    /// One hit for a record, or one for each CVE when a distribution's advisory stands for several of them.
    private static func hits(_ sourced: SourcedRecord, entry: OSVAffected, stretch: OSVAnswer.Stretch) -> [RecordHit] {
        let record = sourced.record
        let own = [record.id] + record.aliases
        let upstream = record.upstream.filter { $0.hasPrefix("CVE-") }
        guard upstream.count > 1, !own.contains(where: { $0.hasPrefix("CVE-") }) else {
            return [RecordHit(sourced: sourced, entry: entry, stretch: stretch, names: own + record.upstream)]
        }
        return upstream.map { RecordHit(sourced: sourced, entry: entry, stretch: stretch, names: [$0]) }
    }

    /// The hits that mean one flaw, together; the preferred record of each group first.
    private func groups(_ hits: [RecordHit]) -> [[RecordHit]] {
        var names = IdentifierGroups()
        for hit in hits {
            for name in hit.names.dropFirst() { names.join(hit.names[0], name) }
        }
        var groups: [String: [RecordHit]] = [:]
        for hit in hits { groups[names.root(hit.names[0]), default: []].append(hit) }
        return groups.values.map { group in
            group.sorted { ($0.rank, $0.record.id, $0.sourced.file) < ($1.rank, $1.record.id, $1.sourced.file) }
        }
    }

    private func match(_ hits: [RecordHit], subject: Subject, ecosystem: Ecosystem) throws -> VulnerabilityMatch {
        let names = Set(hits.flatMap(\.names))
        let id = Self.preferred(names)
        let aliases = names.union(hits.map(\.record.id)).subtracting([id]).sorted()
        let cves = names.filter { $0.hasPrefix("CVE-") }.sorted()
        let choice = try SeverityChoice(hits: hits) {
            let matched = Set(hits.map { $0.sourced.file + $0.record.id })
            return try cves.flatMap { try source.records(named: $0) }
                .filter { $0.record.withdrawn == nil && !matched.contains($0.file + $0.record.id) }
                // A record for several flaws rates none of them in particular.
                .filter { $0.record.upstream.count < 2 }
        }
        var isKEV = hits.contains { $0.record.exploitedSince != nil }
        for name in names.sorted() where !isKEV { isKEV = try source.isKnownExploited(name) }
        return VulnerabilityMatch(
            id: id,
            aliases: aliases,
            package: subject.representative,
            packages: subject.packages,
            advisoryName: subject.name,
            advisoryVersion: subject.version,
            ecosystem: ecosystem.description,
            title: hits.lazy.map(\.record.summary).first { !$0.isEmpty } ?? "",
            severity: choice.severity,
            severitySource: choice.source,
            score: choice.vector?.score,
            vector: choice.vector?.text,
            fixedVersion: hits.lazy.compactMap(\.stretch.fixed).first,
            affectedRange: hits.first?.stretch.text ?? ">=0",
            isKEV: isKEV,
            isHighProfile: !HighProfileVulnerabilities.classic.isDisjoint(with: names),
            published: hits.lazy.compactMap(\.record.published).first.map { String($0.prefix(10)) },
            weaknesses: Set(hits.flatMap(\.record.weaknesses)).sorted(),
            source: hits.first?.sourced.feed ?? ""
        )
    }

    /// The CVE if there is one, else the GHSA, else the first by text.
    private static func preferred(_ names: Set<String>) -> String {
        let sorted = names.sorted()
        return sorted.first { $0.hasPrefix("CVE-") } ?? sorted.first { $0.hasPrefix("GHSA-") } ?? sorted.first ?? ""
    }
}

/// What advisories speak of: a package under the name and version that they use, with all that is installed of it.
private struct Subject {
    let type: PackageType
    let ecosystem: Ecosystem?
    let name: String
    let version: String
    let packages: [Package]

    /// The package that has the advisory's name, else the first by name.
    var representative: Package { packages.first { $0.name == name } ?? packages[0] }

    /// Names and versions, each once.
    var distinct: Set<[String]> { Set(packages.map { [$0.name, $0.version] }) }

    /// What is installed of it, as packages of which nothing can be said.
    func unjudged(_ ecosystem: String) -> [UnjudgedPackage] {
        packages.map { UnjudgedPackage(type: type, name: $0.name, version: $0.version, ecosystem: ecosystem) }
    }

    private struct Key: Hashable {
        let type: PackageType
        let ecosystem: Ecosystem?
        let name: String
        let version: String
    }

    /// The subjects of packages, sorted; never one without packages.
    static func subjects(of packages: [Package]) -> [Subject] {
        var groups: [Key: [Package]] = [:]
        for package in packages {
            let ecosystem = Ecosystem(of: package)
            var name = package.name
            var version = package.version
            if ecosystem?.namesSourcePackages ?? (package.type == .apk || package.type == .deb),
                let origin = package.origin
            {
                name = origin.name
                version = origin.version ?? version
            }
            groups[Key(type: package.type, ecosystem: ecosystem, name: name, version: version), default: []].append(
                package
            )
        }
        return groups.map { key, found in
            var seen: Set<Package> = []
            let members = found.filter { seen.insert($0).inserted }
            return Subject(
                type: key.type,
                ecosystem: key.ecosystem,
                name: key.name,
                version: key.version,
                packages: members.sorted {
                    ($0.name, $0.version, $0.locations.first?.path ?? "") < (
                        $1.name, $1.version, $1.locations.first?.path ?? ""
                    )
                }
            )
        }
        .sorted { left, right in
            (left.type.rawValue, left.name, left.version, left.ecosystem?.description ?? "")
                < (right.type.rawValue, right.name, right.version, right.ecosystem?.description ?? "")
        }
    }
}
