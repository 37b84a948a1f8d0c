// SPDX-License-Identifier: Apache-2.0

// Source: os-release(5).

/// The distribution that an image is made of, as its `os-release` says.
public struct Distribution: Sendable, Hashable, Codable {
    /// `ID`, such as `debian` or `alpine`.
    public let id: String
    /// `VERSION_ID`, such as `12` or `3.22.6`; nil for rolling releases.
    public let versionID: String?
    /// `VERSION_CODENAME`, such as `bookworm`.
    public let codename: String?
    /// `NAME`, such as `Docker Hardened Images (Alpine)`.
    public let name: String?
    /// `PRETTY_NAME`.
    public let prettyName: String?

    /// What `os-release` does not say is nil.
    public init(
        id: String,
        versionID: String? = nil,
        codename: String? = nil,
        name: String? = nil,
        prettyName: String? = nil
    ) {
        self.id = id
        self.versionID = versionID
        self.codename = codename
        self.name = name
        self.prettyName = prettyName
    }
}
