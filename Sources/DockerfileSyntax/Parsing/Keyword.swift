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
        guard text.utf8.count <= 11 else { return nil }
        let raised = String(decoding: text.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }, as: UTF8.self)
        self.init(rawValue: raised)
    }

    /// All names in order, for suggestions.
    static let names = allCases.map(\.rawValue).sorted()
}
