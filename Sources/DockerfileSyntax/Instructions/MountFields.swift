// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/instructions/commands_runmount.go.

/// The fields of a `RUN --mount`.
public struct MountFields: Sendable, Hashable {
    /// `bind` when not given.
    public private(set) var type = Kind.bind
    /// `from`: a stage, image or named context; nil for the build context.
    public private(set) var from: String?
    /// `source` or `src`.
    public private(set) var source: String?
    /// `target`, `dst` or `destination`.
    public private(set) var target: String?
    /// Whether it can only be read; what holds for the type when not said.
    public private(set) var isReadOnly = true
    /// `required`.
    public private(set) var isRequired = false
    /// `id`.
    public private(set) var id: String?
    /// `sharing`: `shared`, `private` or `locked`.
    public private(set) var sharing: String?
    /// `size` in bytes.
    public private(set) var sizeBytes: Int?
    /// `mode`.
    public private(set) var mode: Int?
    /// `uid`.
    public private(set) var uid: Int?
    /// `gid`.
    public private(set) var gid: Int?
    /// `env`: the variable that gets a secret's value.
    public private(set) var environmentVariable: String?
    private var isReadOnlySaid = false

    /// The sorts of mounts.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case bind, cache, tmpfs, secret, ssh
    }

    private static let keys = [
        "destination", "dst", "env", "from", "gid", "id", "mode", "readonly", "readwrite", "required", "ro", "rw",
        "sharing", "size", "source", "src", "target", "type", "uid",
    ]

    init(_ fields: [String], isStrict: Bool) throws(RunMountError) {
        for field in fields {
            let (key, value) = Self.cut(field)
            if isStrict {
                if let value { try set(key, value, field) } else { try set(key, field) }
            } else if let value {
                setLeniently(key, value)
            }
        }
        if !isReadOnlySaid { isReadOnly = type != .cache && type != .tmpfs }
        if isStrict { try check() }
    }

    /// A field's key in small letters and its value.
    static func cut(_ field: String) -> (key: String, value: String?) {
        guard let equals = field.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (field.lowercased(), nil) }
        return (field[..<equals].lowercased(), String(field[field.utf8.index(after: equals)...]))
    }

    private mutating func setLeniently(_ key: String, _ value: String) {
        switch key {
        case "type": if let known = Kind(rawValue: value) { type = known }
        case "from": from = value
        case "source", "src": source = value
        case "target", "dst", "destination": target = value
        case "id": id = value
        case "env": environmentVariable = value
        default: break
        }
    }

    private mutating func set(_ key: String, _ field: String) throws(RunMountError) {
        switch key {
        case "readonly", "ro": (isReadOnly, isReadOnlySaid) = (true, true)
        case "readwrite", "rw": (isReadOnly, isReadOnlySaid) = (false, true)
        case "required":
            guard type == .secret || type == .ssh else { throw unexpected(key) }
            isRequired = true
        default: throw RunMountError("invalid field '\(field)' must be a key=value pair")
        }
    }

    private mutating func set(_ key: String, _ value: String, _ field: String) throws(RunMountError) {
        switch key {
        case "type":
            guard let known = Kind(rawValue: value) else {
                throw RunMountError(
                    Suggestion.extending(
                        "unsupported mount type \(value.quoted)",
                        for: value,
                        among: Kind.allCases.map(\.rawValue).sorted()
                    )
                )
            }
            type = known
        case "from": from = value
        case "source", "src": source = value
        case "target", "dst", "destination": target = value
        case "readonly", "ro": (isReadOnly, isReadOnlySaid) = (try Self.boolean(key, value), true)
        case "readwrite", "rw": (isReadOnly, isReadOnlySaid) = (!(try Self.boolean(key, value)), true)
        case "required":
            guard type == .secret || type == .ssh else { throw unexpected(key) }
            isRequired = try Self.boolean(key, value)
        case "size":
            guard type == .tmpfs else { throw unexpected(key) }
            guard let size = Self.size(value) else { throw RunMountError("invalid value for \(key): \(value)") }
            sizeBytes = size
        case "id": id = value
        case "sharing":
            guard type == .cache else { throw unexpected(key) }
            let kinds = ["locked", "private", "shared"]
            guard kinds.contains(value.lowercased()) else {
                throw RunMountError(
                    Suggestion.extending("unsupported sharing value \(value.quoted)", for: value, among: kinds)
                )
            }
            sharing = value.lowercased()
        case "mode": mode = try Self.number(key, value, radix: 8)
        case "uid": uid = try Self.number(key, value, radix: 10)
        case "gid": gid = try Self.number(key, value, radix: 10)
        case "env": environmentVariable = value
        default:
            throw RunMountError(
                Suggestion.extending("unexpected key '\(key)' in '\(field)'", for: key, among: Self.keys)
            )
        }
    }

    private func check() throws(RunMountError) {
        if ![.secret, .ssh, .cache].contains(type) {
            for (name, value) in [("mode", mode), ("uid", uid), ("gid", gid)] where value != nil {
                throw RunMountError("\(name) not allowed for \(type.rawValue.quoted) type mounts")
            }
        }
        guard type == .secret else { return }
        if from?.isEmpty == false { throw RunMountError("secret mount should not have a from") }
        let isBare = [source, target, id].allSatisfy { $0?.isEmpty ?? true }
        if isBare { throw RunMountError("invalid secret mount. one of source, target required") }
        if source?.isEmpty == false, id?.isEmpty == false { throw RunMountError("both source and id can't be set") }
    }

    private func unexpected(_ key: String) -> RunMountError {
        RunMountError("unexpected key '\(key)' for mount type '\(type.rawValue)'")
    }

    private static func boolean(_ key: String, _ value: String) throws(RunMountError) -> Bool {
        switch value {
        case "1", "t", "T", "true", "TRUE", "True": return true
        case "0", "f", "F", "false", "FALSE", "False": return false
        default: throw RunMountError("invalid value for \(key): \(value)")
        }
    }

    private static func number(_ key: String, _ value: String, radix: Int) throws(RunMountError) -> Int {
        guard value.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true, let number = UInt32(value, radix: radix)
        else {
            throw RunMountError("invalid value \(value) for \(key)")
        }
        return Int(number)
    }

    /// A size as `100`, `64m`, `1.5GiB`.
    private static func size(_ text: String) -> Int? {
        let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard let number = Double(digits), number.isFinite else { return nil }
        var unit = text.dropFirst(digits.count).lowercased()[...]
        if unit.first == " " { unit = unit.dropFirst() }
        if unit.hasSuffix("ib") { unit = unit.dropLast(2) } else if unit.hasSuffix("b") { unit = unit.dropLast() }
        let powers = ["": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5]
        guard let power = powers[String(unit)] else { return nil }
        let bytes = (0..<power).reduce(number) { value, _ in value * 1_024 }
        return Int(exactly: bytes.rounded(.down))
    }
}
