// SPDX-License-Identifier: Apache-2.0

// Source: RubyGems guides, "Patterns"; the behaviour of `Gem::Requirement`.

/// Requirements joined by commas, all of which must hold: `~> 1.2, != 1.3`.
struct GemRequirement: Sendable {
    private enum Test: Sendable {
        case plain(ComparatorOperation)
        case pessimistic
    }

    private let requirements: [(test: Test, version: GemVersionOrder.Parsed)]
    private let order = GemVersionOrder()

    init(parsing text: String) throws(VersionScheme.ValidationError) {
        let order = GemVersionOrder()
        var result: [(test: Test, version: GemVersionOrder.Parsed)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            var rest = Array(part.utf8)[...].trimmed
            var test = Test.plain(.equal)
            if rest.starts(with: "~>".utf8) {
                test = .pessimistic
                rest = rest.dropFirst(2)
            } else {
                let written = rest
                if let operation = ComparatorOperation.take(&rest) {
                    let sign = String(ascii: written.dropLast(rest.count))
                    guard !["==", "<<", ">>", "<>"].contains(sign) else {
                        throw order.invalidRange(text, "\"\(sign)\" is no operator there")
                    }
                    test = .plain(operation)
                }
            }
            rest = rest.drop(while: \.isBlank)
            guard !rest.isEmpty else { throw order.invalidRange(text, "an operator without a version") }
            result.append((test, try order.bound(String(ascii: rest))))
        }
        requirements = result
    }

    func contains(_ version: GemVersionOrder.Parsed) -> Bool {
        requirements.allSatisfy { requirement in
            switch requirement.test {
            case .plain(let operation): return operation.accepts(order.order(version, requirement.version))
            case .pessimistic:
                guard order.order(version, requirement.version) != .less else { return false }
                let release = GemVersionOrder.Parsed(
                    segments: version.segments.prefix { !($0.first?.isLetter ?? false) }
                )
                return order.order(release, Self.bump(requirement.version)) == .less
            }
        }
    }

    /// The version before which `~>` ends: without the last number, the one before it raised.
    private static func bump(_ version: GemVersionOrder.Parsed) -> GemVersionOrder.Parsed {
        var segments = Array(version.segments.prefix { !($0.first?.isLetter ?? false) })
        if segments.count > 1 { segments.removeLast() }
        if let last = segments.popLast() { segments.append(Digits.next(after: last)) }
        return GemVersionOrder.Parsed(segments: segments)
    }
}
