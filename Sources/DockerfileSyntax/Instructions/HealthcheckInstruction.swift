// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/instructions/parse.go, parseHealthcheck.

/// `HEALTHCHECK NONE` or `HEALTHCHECK [flags] CMD command`.
public struct HealthcheckInstruction: Sendable, Hashable {
    /// The command; nil for `NONE`.
    public let command: CommandLine?
    /// `--interval`; zero when not given.
    public let interval: Duration
    /// `--timeout`; zero when not given.
    public let timeout: Duration
    /// `--start-period`; zero when not given.
    public let startPeriod: Duration
    /// `--start-interval`; zero when not given.
    public let startInterval: Duration
    /// `--retries`; zero when not given.
    public let retries: Int

    /// The `Test` of the image's configuration.
    public var test: [String] {
        switch command {
        case nil: ["NONE"]
        case .exec(let words): ["CMD"] + words.map(\.text)
        case .shell(let line): ["CMD-SHELL", line.text]
        }
    }

    init(_ parts: InstructionParts) throws(SyntaxError) {
        guard let type = parts.arguments.first else { throw parts.needsArgument(.healthcheck) }
        let words = Array(parts.arguments.dropFirst())
        if type.text.uppercased() == "NONE" {
            guard words.isEmpty else { throw SyntaxError("HEALTHCHECK NONE takes no arguments", at: words[0].range) }
            command = nil
            (interval, timeout, startPeriod, startInterval) = (.zero, .zero, .zero, .zero)
            retries = 0
            return
        }
        try parts.checkFlags(.healthcheck)
        guard type.text.uppercased() == "CMD" else {
            throw SyntaxError(
                "Unknown type \(type.text.uppercased().quoted) in HEALTHCHECK (try CMD)",
                at: type.range
            )
        }
        guard let first = words.first else {
            throw SyntaxError("Missing command after HEALTHCHECK CMD", at: parts.range)
        }
        command = parts.form == .exec ? .exec(words) : .shell(first)
        interval = try Self.duration("interval", parts)
        timeout = try Self.duration("timeout", parts)
        startPeriod = try Self.duration("start-period", parts)
        startInterval = try Self.duration("start-interval", parts)
        retries = try Self.retries(parts)
    }

    private static func duration(_ name: String, _ parts: InstructionParts) throws(SyntaxError) -> Duration {
        guard let text = parts.flag(name), !text.isEmpty else { return .zero }
        let range = parts.flagRange(name)
        let nanoseconds: Int64
        do {
            nanoseconds = try GoDuration.nanoseconds(parsing: text)
        } catch { throw SyntaxError(error.description, at: range) }
        guard nanoseconds == 0 || nanoseconds >= 1_000_000 else {
            throw SyntaxError("Interval \(name.quoted) cannot be less than 1ms", at: range)
        }
        return .nanoseconds(nanoseconds)
    }

    private static func retries(_ parts: InstructionParts) throws(SyntaxError) -> Int {
        guard let text = parts.flag("retries"), !text.isEmpty else { return 0 }
        let range = parts.flagRange("retries")
        let digits =
            text.utf8.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
            ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw SyntaxError("strconv.ParseInt: parsing \(text.quoted): invalid syntax", at: range)
        }
        guard let number = Int32(text) else {
            throw SyntaxError("strconv.ParseInt: parsing \(text.quoted): value out of range", at: range)
        }
        guard number >= 0 else { throw SyntaxError("--retries must be at least 0 (not \(number))", at: range) }
        return Int(number)
    }
}
