// SPDX-License-Identifier: Apache-2.0

/// Orders the versions of one ecosystem.
///
/// An implementation promises a total order over what it parses (antisymmetric, transitive), never to trap on any text, and
/// time that grows no faster than the text's length.
protocol VersionOrder: Sendable {
    /// A version taken apart.
    associatedtype Parsed: Sendable

    /// The scheme, for messages.
    var scheme: VersionScheme { get }

    /// Takes a version apart.
    func parse(_ text: String) throws(VersionScheme.ValidationError) -> Parsed

    /// Orders two versions taken apart.
    func order(_ left: Parsed, _ right: Parsed) -> VersionScheme.Comparison
}

extension VersionOrder {
    func compare(_ left: String, _ right: String) throws(VersionScheme.ValidationError) -> VersionScheme.Comparison {
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

    func invalid(_ text: String, _ why: String) -> VersionScheme.ValidationError {
        .versionInvalid(text, scheme: scheme, why: why)
    }

    func invalidRange(_ text: String, _ why: String) -> VersionScheme.ValidationError {
        .rangeInvalid(text, scheme: scheme, why: why)
    }
}
