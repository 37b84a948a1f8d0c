// SPDX-License-Identifier: Apache-2.0

// Source: PyPA version specifiers, "Version specifiers"; the behaviour of `packaging`.

/// Specifiers joined by commas, all of which must hold: `~=1.2, !=1.3.*, >=1.2.5`.
///
/// A pre-release is inside as any other version is, as `packaging` has it since 26 for a single version: keeping them back is for
/// an installer that has a choice. `<2` excludes the pre-releases of 2, as the specification asks.
struct PEP440Specifiers: Sendable {
    private enum Test: Sendable {
        case compatible, equal, notEqual, lessOrEqual, greaterOrEqual, less, greater
        case prefix, notPrefix
        case identical(String)
    }

    private let specifiers: [(test: Test, version: PEP440VersionOrder.Parsed)]
    private let order = PEP440VersionOrder()

    init(parsing text: String) throws(VersionScheme.ValidationError) {
        let order = PEP440VersionOrder()
        var result: [(test: Test, version: PEP440VersionOrder.Parsed)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            var rest = Array(part.utf8)[...].trimmed
            if rest.isEmpty { continue }
            let spellings: [(String, Test)] = [
                ("===", .identical("")), ("~=", .compatible), ("==", .equal), ("!=", .notEqual), ("<=", .lessOrEqual),
                (">=", .greaterOrEqual), ("<", .less), (">", .greater),
            ]
            guard var (sign, test) = spellings.first(where: { rest.starts(with: $0.0.utf8) }) else {
                throw order.invalidRange(text, "\"\(String(ascii: rest))\" has no operator")
            }
            rest = rest.dropFirst(sign.utf8.count).drop(while: \.isBlank)
            switch test {
            case .identical:
                // Any text may stand here, for this operator compares texts.
                guard !rest.isEmpty, !rest.contains(where: \.isBlank) else {
                    throw order.invalidRange(text, "=== needs one word")
                }
                let word = String(ascii: rest.map(\.lowercased))
                result.append((.identical(word), (try? order.parse(word)) ?? .zero))
                continue
            case .equal, .notEqual:
                if rest.count > 2, rest.suffix(2).elementsEqual(".*".utf8) {
                    rest = rest.dropLast(2)
                    guard rest.last.map({ !$0.isBlank }) ?? false else {
                        throw order.invalidRange(text, "a blank before .*")
                    }
                    if case .equal = test { test = .prefix } else { test = .notPrefix }
                }
            default: break
            }
            let version = try order.parse(String(ascii: rest))
            switch test {
            case .compatible:
                guard version.release.count > 1 else { throw order.invalidRange(text, "~= needs two numbers") }
                guard version.local.isEmpty else { throw order.invalidRange(text, "~= takes no local version") }
            case .prefix, .notPrefix:
                guard version.local.isEmpty, version.pre == nil, version.post == nil, version.dev == nil else {
                    throw order.invalidRange(text, ".* may only follow a release number")
                }
            case .less, .greater, .lessOrEqual, .greaterOrEqual:
                guard version.local.isEmpty else {
                    throw order.invalidRange(text, "\(sign) takes no local version")
                }
            case .equal, .notEqual, .identical: break
            }
            sign = ""
            result.append((test, version))
        }
        specifiers = result
    }

    func contains(_ version: PEP440VersionOrder.Parsed) -> Bool {
        specifiers.allSatisfy { holds($0.test, $0.version, version) }
    }

    private func holds(
        _ test: Test,
        _ wanted: PEP440VersionOrder.Parsed,
        _ version: PEP440VersionOrder.Parsed
    ) -> Bool {
        let public_ = order.orderPublic(version, wanted)
        switch test {
        case .identical(let text): return version.normalised == text
        case .equal: return wanted.local.isEmpty ? public_ == .equal : order.order(version, wanted) == .equal
        case .notEqual: return !holds(.equal, wanted, version)
        case .prefix: return Self.begins(version, wanted)
        case .notPrefix: return !Self.begins(version, wanted)
        case .lessOrEqual: return public_ != .greater
        case .greaterOrEqual: return public_ != .less
        case .less:
            guard public_ == .less else { return false }
            return wanted.isPrerelease || !version.isPrerelease || !Self.isSameBase(version, wanted)
        case .greater:
            // A post-release of the very version is outside, unless that is a post-release too.
            guard public_ == .greater else { return false }
            guard wanted.post == nil, version.post != nil else { return true }
            var base = version
            base.post = nil
            base.dev = nil
            return order.orderPublic(base, wanted) != .equal
        case .compatible:
            var stem = wanted
            stem.release.removeLast()
            stem.pre = nil
            stem.post = nil
            stem.dev = nil
            return public_ != .less && Self.begins(version, stem)
        }
    }

    private static func isSameBase(_ one: PEP440VersionOrder.Parsed, _ other: PEP440VersionOrder.Parsed) -> Bool {
        Digits.compare(one.epoch, other.epoch) == .equal
            && PEP440VersionOrder.orderRelease(one.release, other.release) == .equal
    }

    /// Whether a version begins as the wanted one is written; missing numbers count as 0.
    private static func begins(_ version: PEP440VersionOrder.Parsed, _ wanted: PEP440VersionOrder.Parsed) -> Bool {
        guard version.legacy == nil, Digits.compare(version.epoch, wanted.epoch) == .equal else { return false }
        for (index, number) in wanted.release.enumerated() {
            let own = index < version.release.count ? version.release[index] : SemanticVersion.zero
            if own != number { return false }
        }
        return true
    }
}
