// SPDX-License-Identifier: Apache-2.0

/// Orders the versions of one ecosystem.
///
/// An implementation promises that `order` is total over what `read` makes of any texts (antisymmetric, transitive), that `read`
/// and `parse` agree on every text that is a version, never to trap on any text, and time that grows no faster than the text's
/// length.
protocol VersionOrder: Sendable {
    /// A version taken apart.
    associatedtype Parsed: Sendable

    /// The scheme, for messages.
    var scheme: VersionScheme { get }

    /// Takes a version apart.
    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed

    /// Takes any text apart: one that is no version gets the place that the ecosystem's own tools, or else OSV, give it.
    func read(_ text: String) -> Parsed

    /// Orders two versions taken apart.
    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison

    /// Whether ranges have an operator `~` that compares no further than its version is written.
    var hasFuzzyOperator: Bool { get }

    /// As `order`, but what the left version has beyond the right one does not count.
    func orderFuzzily(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison
}

extension VersionOrder {
    var hasFuzzyOperator: Bool { false }

    func orderFuzzily(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison { order(left, right) }

    /// Orders any two texts.
    func compare(_ left: String, _ right: String) -> VersionScheme.Comparison { order(read(left), read(right)) }

    func compareStrictly(
        _ left: String,
        _ right: String
    ) throws(VersionScheme.ValidationError) -> VersionScheme.Comparison {
        let one = try parse(left)
        let other = try parse(right)
        return order(one, other)
    }

    func isValid(_ text: String) -> Bool {
        do {
            _ = try parse(text)
            return true
        } catch {
            return false
        }
    }

    /// The bound of a range: a version, or a text that is not quite one but has a number in it. A word without any is a slip.
    func bound(_ text: String) throws(VersionScheme.ValidationError) -> Parsed {
        do {
            return try parse(text)
        } catch {
            guard text.utf8.contains(where: \.isDigit), !text.utf8.contains(where: { $0.isBlank || $0 == 0 }) else {
                throw error
            }
            return read(text)
        }
    }

    func invalid(_ text: String, _ why: String) -> VersionScheme.ValidationError {
        .versionInvalid(text, scheme: scheme, why: why)
    }

    func invalidRange(_ text: String, _ why: String) -> VersionScheme.ValidationError {
        .rangeInvalid(text, scheme: scheme, why: why)
    }
}
