// SPDX-License-Identifier: Apache-2.0

/// Variables in the order in which they were first set, as the `Env` of an image's configuration has them.
public struct EnvironmentList: Sendable, Hashable {
    /// The names in order.
    public private(set) var names: [String] = []
    /// How many bytes the entries have, a separator for each counted.
    public private(set) var byteCount = 0
    /// The entries as `NAME=value`, in order.
    public private(set) var entries: [String] = []
    private var values: [String: String] = [:]
    private var places: [String: Int] = [:]

    /// Makes an empty list.
    public init() {}

    /// Takes `NAME=value` entries; one without `=` has an empty value.
    public init(entries: [String]) {
        for entry in entries {
            let cut = entry.utf8.firstIndex(of: UInt8(ascii: "="))
            set(
                String(entry[..<(cut ?? entry.endIndex)]),
                to: cut.map { String(entry[entry.utf8.index(after: $0)...]) } ?? ""
            )
        }
    }

    /// The value of a name; nil when it is not set.
    public subscript(name: String) -> String? { values[name] }

    /// Sets a value; a name that is there keeps its place.
    public mutating func set(_ name: String, to value: String) {
        if let old = values.updateValue(value, forKey: name) {
            byteCount += value.utf8.count - old.utf8.count
            if let place = places[name] { entries[place] = name + "=" + value }
        } else {
            places[name] = names.count
            names.append(name)
            entries.append(name + "=" + value)
            byteCount += name.utf8.count + value.utf8.count + 2
        }
    }

    /// How large an environment may grow: what Linux hands to a process by default.
    static let maximumBytes = 2 << 20

    /// Refuses an environment that no process could get; definitions that copy each other would fill the memory.
    func checkSize() throws(ExpansionError) {
        if byteCount > Self.maximumBytes {
            throw ExpansionError("the variables take more than \(Self.maximumBytes) bytes")
        }
    }
}
