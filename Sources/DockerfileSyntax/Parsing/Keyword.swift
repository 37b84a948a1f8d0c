// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/command/command.go.

/// The 18 instructions of the Dockerfile language; the raw value is the name in capitals.
public enum Keyword: String, Sendable, Hashable, Codable, CaseIterable {
    case add = "ADD"
    case arg = "ARG"
    case cmd = "CMD"
    case copy = "COPY"
    case entrypoint = "ENTRYPOINT"
    case env = "ENV"
    case expose = "EXPOSE"
    case from = "FROM"
    case healthcheck = "HEALTHCHECK"
    case label = "LABEL"
    case maintainer = "MAINTAINER"
    case onbuild = "ONBUILD"
    case run = "RUN"
    case shell = "SHELL"
    case stopsignal = "STOPSIGNAL"
    case user = "USER"
    case volume = "VOLUME"
    case workdir = "WORKDIR"

    /// Reads a keyword in any mix of capitals and small letters.
    public init?(parsing text: String) {
        guard let first = text.utf8.first, let last = text.utf8.last,
            let keyword = Self.candidate(first | 0x20, text.utf8.count, last | 0x20),
            zip(text.utf8, keyword.rawValue.utf8).allSatisfy({ $0 == $1 || $0 == $1 | 0x20 })
        else { return nil }
        self = keyword
    }

    /// The only keyword of a length with a (small) letter at each end; spares a comparison with all of them.
    private static func candidate(_ first: UInt8, _ length: Int, _ last: UInt8) -> Keyword? {
        switch (Unicode.Scalar(first), length) {
        case ("a", 3): last == UInt8(ascii: "d") ? .add : .arg
        case ("c", 3): .cmd
        case ("c", 4): .copy
        case ("e", 3): .env
        case ("e", 6): .expose
        case ("e", 10): .entrypoint
        case ("f", 4): .from
        case ("h", 11): .healthcheck
        case ("l", 5): .label
        case ("m", 10): .maintainer
        case ("o", 7): .onbuild
        case ("r", 3): .run
        case ("s", 5): .shell
        case ("s", 10): .stopsignal
        case ("u", 4): .user
        case ("v", 6): .volume
        case ("w", 7): .workdir
        default: nil
        }
    }

    /// All names in order, for suggestions.
    static let names = allCases.map(\.rawValue).sorted()
}
