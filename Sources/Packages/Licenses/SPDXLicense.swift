// SPDX-License-Identifier: Apache-2.0

// Source: the SPDX licence list.

/// A licence or an exception of the SPDX list.
public struct SPDXLicense: Sendable, Hashable {
    /// The id in its canonical spelling, such as `Apache-2.0`.
    public let id: String
    /// Whether it is an exception, to stand behind `WITH`.
    public let isException: Bool
    /// Whether the Open Source Initiative approved it.
    public let isOSIApproved: Bool
    /// The list's version since which the id should not be used; nil when it may.
    public let deprecatedSince: String?
    /// The expression to write instead; nil when there is none.
    public let replacement: String?
    /// What kind of licence it is; nil when nobody says.
    public let category: Category?

    /// What a licence asks for, in ScanCode's words.
    public enum Category: String, Sendable, Hashable, Codable, CaseIterable {
        case permissive = "Permissive"
        case copyleftLimited = "Copyleft Limited"
        case copyleft = "Copyleft"
        case sourceAvailable = "Source-available"
        case publicDomain = "Public Domain"
        case freeRestricted = "Free Restricted"
        case proprietaryFree = "Proprietary Free"
        case unstated = "Unstated License"
    }

    /// The licence of an id, letters compared without case; nil when the list has none.
    public static func license(_ id: String) -> SPDXLicense? { list.licenses[id.lowercased()] }

    /// The exception of an id, letters compared without case; nil when the list has none.
    public static func exception(_ id: String) -> SPDXLicense? { list.exceptions[id.lowercased()] }

    /// Every licence and exception, sorted by id.
    public static var all: [SPDXLicense] {
        (Array(list.licenses.values) + list.exceptions.values).sorted { $0.id < $1.id }
    }

    /// The list by lower-case id; read once.
    static let list: (licenses: [String: SPDXLicense], exceptions: [String: SPDXLicense]) = {
        var licenses: [String: SPDXLicense] = [:]
        var exceptions: [String: SPDXLicense] = [:]
        for entry in SPDXLicenseTable.text.utf8.split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 == 0x0A }) {
            guard let license = SPDXLicense(entry: Array(entry)[...].trimmed) else { continue }
            if license.isException {
                exceptions[license.id.lowercased()] = license
            } else {
                licenses[license.id.lowercased()] = license
            }
        }
        return (licenses, exceptions)
    }()

    private init?(entry: ArraySlice<UInt8>) {
        let fields = entry.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard fields.count >= 2, fields[1].count == 3 else { return nil }
        let flags = Array(fields[1])
        id = String(ascii: fields[0])
        isException = flags[0] == UInt8(ascii: "e")
        isOSIApproved = flags[1] == UInt8(ascii: "o")
        deprecatedSince = fields.count > 2 ? String(ascii: fields[2]) : nil
        replacement = fields.count > 3 && !fields[3].isEmpty ? String(ascii: fields[3]) : nil
        switch flags[2] {
        case UInt8(ascii: "P"): category = .permissive
        case UInt8(ascii: "W"): category = .copyleftLimited
        case UInt8(ascii: "C"): category = .copyleft
        case UInt8(ascii: "S"): category = .sourceAvailable
        case UInt8(ascii: "D"): category = .publicDomain
        case UInt8(ascii: "F"): category = .freeRestricted
        case UInt8(ascii: "R"): category = .proprietaryFree
        case UInt8(ascii: "U"): category = .unstated
        default: category = nil
        }
    }
}
