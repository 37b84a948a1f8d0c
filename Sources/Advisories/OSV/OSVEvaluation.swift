// SPDX-License-Identifier: Apache-2.0

// Source: OSV schema 1.7.5, docs/schema.md, "Evaluation".

/// Whether a version is affected, and by which stretch of versions.
public enum OSVAnswer: Sendable, Hashable {
    /// It is affected.
    case affected(Stretch)
    /// It is not affected.
    case notAffected
    /// It cannot be said: why, in one sentence.
    case undecided(String)

    /// Versions between two events.
    public struct Stretch: Sendable, Hashable {
        /// The first affected version; nil when there is none before it, or when single versions are listed.
        public let introduced: String?
        /// The first version that is not affected any more; nil when none is recorded.
        public let fixed: String?
        /// The last affected version where a record says so instead of a fix.
        public let lastAffected: String?
        /// The version that is listed by itself; nil when a range decided.
        public let listed: String?

        /// A stretch without a beginning reaches back to the first version.
        public init(introduced: String?, fixed: String?, lastAffected: String? = nil, listed: String? = nil) {
            self.introduced = introduced
            self.fixed = fixed
            self.lastAffected = lastAffected
            self.listed = listed
        }

        /// As Scout writes it: `>=6.7.0,<6.7.3`, `<4.17.3`, `>=0`, `=1.2.3`.
        public var text: String {
            if let listed { return "=" + listed }
            var parts: [String] = []
            if let introduced { parts.append(">=" + introduced) }
            if let fixed { parts.append("<" + fixed) }
            if let lastAffected { parts.append("<=" + lastAffected) }
            return parts.isEmpty ? ">=0" : parts.joined(separator: ",")
        }
    }
}

extension OSVRecord {
    /// Whether a version of a package of an ecosystem is affected, by the algorithm of the schema.
    ///
    /// - Parameters:
    ///   - name: the name that advisories of the ecosystem use (the source package for Alpine and Debian).
    ///   - orders: finds the order of versions of an ecosystem.
    public func evaluate(
        ecosystem: Ecosystem,
        name: String,
        version: String,
        orders: VersionOrders = .standard
    ) -> OSVAnswer {
        guard withdrawn == nil else { return .notAffected }
        var undecided: OSVAnswer?
        for entry in affected where entry.speaks(of: name, in: ecosystem) {
            switch entry.evaluate(version, order: orders.order(of: ecosystem)) {
            case .affected(let stretch): return .affected(stretch)
            case .undecided(let reason): undecided = undecided ?? .undecided(reason)
            case .notAffected: continue
            }
        }
        return undecided ?? .notAffected
    }
}

extension OSVAffected {
    /// Whether the entry is about that package.
    public func speaks(of name: String, in target: Ecosystem) -> Bool {
        guard let ecosystem, ecosystem.covers(target) else { return false }
        guard target.comparableName(self.name) == target.comparableName(name) else { return false }
        // The schema forbids `ecosystem_specific` to change an answer; `generic` is our own ecosystem, where it may.
        guard ecosystem.base == "generic", !environments.isEmpty else { return true }
        return environments.contains { $0 == "all" || $0 == "linux" }
    }

    /// Whether a version is affected.
    ///
    /// - Parameter order: the ecosystem's order; nil when it has none, then only `versions` and SemVer ranges decide.
    public func evaluate(_ version: String, order: (any VersionOrder)?) -> OSVAnswer {
        if versions.contains(version) {
            // A range, where there is one that agrees, also knows the fix.
            for range in ranges {
                if case .affected(let stretch) = range.evaluate(version, ecosystemOrder: order) {
                    return .affected(stretch)
                }
            }
            return .affected(.init(introduced: nil, fixed: nil, listed: version))
        }
        // Commits say nothing of versions: they are passed over where anything else speaks of versions.
        let spoken = ranges.filter { $0.type != .git }
        let isSpoken = !versions.isEmpty || spoken.contains { !$0.events.isEmpty }
        var undecided: OSVAnswer?
        for range in isSpoken ? spoken : ranges {
            switch range.evaluate(version, ecosystemOrder: order) {
            case .affected(let stretch): return .affected(stretch)
            case .undecided where !versions.isEmpty: continue
            case .undecided(let reason): undecided = undecided ?? .undecided(reason)
            case .notAffected: continue
            }
        }
        return undecided ?? .notAffected
    }
}

extension OSVRange {
    /// Whether a version lies in the range.
    public func evaluate(_ version: String, ecosystemOrder: (any VersionOrder)?) -> OSVAnswer {
        guard !events.isEmpty else { return .notAffected }
        let order: any VersionOrder
        switch type {
        case .semver: order = VersionOrders.semver
        case .ecosystem:
            guard let ecosystemOrder else { return .undecided("no version order is known for this ecosystem") }
            order = ecosystemOrder
        case .git: return .undecided("the range speaks of commits, whose history is not at hand")
        case .other(let name): return .undecided("ranges of type \(name.isEmpty ? "(none)" : name) are not known")
        }
        return walk(version, order: order)
    }

    /// An event's place on the line of versions.
    private enum Place {
        case beforeAll
        case at(String)
    }

    private func walk(_ version: String, order: any VersionOrder) -> OSVAnswer {
        guard order.compare(version, version) != nil else {
            return .undecided("the version \(version) is not one that \(order.name) can compare")
        }
        // `limit`: the version must lie before any one of them.
        let limits = events.filter { $0.kind == .limit && $0.version != "*" }
        if !limits.isEmpty, !events.contains(where: { $0.kind == .limit && $0.version == "*" }) {
            let isBefore = limits.contains { order.compare(version, $0.version).map { $0 < 0 } ?? false }
            guard isBefore else { return .notAffected }
        }
        var initial: [Event] = []
        var placed: [Event] = []
        for event in events where event.kind != .limit {
            if event.version == "0" {
                initial.append(event)
            } else {
                guard order.compare(event.version, version) != nil else {
                    return .undecided("the record's version \(event.version) is not one that \(order.name) can compare")
                }
                placed.append(event)
            }
        }
        placed.sort { (order.compare($0.version, $1.version) ?? 0) < 0 }
        var groups: [[Event]] = initial.isEmpty ? [] : [initial]
        for event in placed {
            if let last = groups.last?.first, last.version != "0", order.compare(last.version, event.version) == 0 {
                groups[groups.count - 1].append(event)
            } else {
                groups.append([event])
            }
        }
        return walk(version, groups: groups, order: order)
    }

    /// Goes along the line; events at one version are one step.
    ///
    /// Where a fix and a new introduction fall on one version, the interval that is open is closed first; where none is open, a
    /// pair of equal versions is an empty interval.
    private func walk(_ version: String, groups: [[Event]], order: any VersionOrder) -> OSVAnswer {
        var isAffected = false
        var introduced: String?
        for group in groups {
            guard let place = group.first?.version else { continue }
            let difference = place == "0" ? 1 : order.compare(version, place) ?? -1
            guard difference >= 0 else {
                // The first group beyond the version tells how the stretch ends.
                guard isAffected else { continue }
                if let end = group.first(where: { $0.kind == .fixed }) {
                    return .affected(.init(introduced: introduced, fixed: end.version))
                }
                if let end = group.first(where: { $0.kind == .lastAffected }) {
                    return .affected(.init(introduced: introduced, fixed: nil, lastAffected: end.version))
                }
                continue
            }
            let starts = group.count { $0.kind == .introduced }
            let ends = group.count { $0.kind == .fixed || $0.kind == .lastAffected && difference > 0 }
            let wasAffected = isAffected
            isAffected = wasAffected ? ends == 0 || starts >= ends : starts > ends
            if isAffected, !wasAffected || ends > 0 { introduced = place == "0" ? nil : place }
            if isAffected, difference == 0, let last = group.first(where: { $0.kind == .lastAffected }), starts < 2 {
                return .affected(.init(introduced: introduced, fixed: nil, lastAffected: last.version))
            }
        }
        guard isAffected else { return .notAffected }
        return .affected(.init(introduced: introduced, fixed: nil))
    }
}
