// SPDX-License-Identifier: Apache-2.0

/// The head of an answer.
public struct HTTPResponse: Sendable, Hashable {
    /// The status, such as 200.
    public let status: Int
    /// The fields, in their order.
    public let fields: [HTTPField]

    /// A head.
    public init(status: Int, fields: [HTTPField] = []) {
        self.status = status
        self.fields = fields
    }

    /// The value of the first field of a name, in whatever letters; nil when there is none.
    public func value(_ name: String) -> String? { values(name).first }

    /// The values of all fields of a name.
    public func values(_ name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    /// The media type in small letters and without its parameters; nil when none is said.
    public var mediaType: String? {
        guard let value = value("Content-Type") else { return nil }
        let type = HTTPField.trimmed(value.prefix { $0 != ";" }).lowercased()
        return type.isEmpty ? nil : type
    }
}
