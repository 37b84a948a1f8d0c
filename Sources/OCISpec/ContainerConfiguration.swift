// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, config.md, "config"; Docker image specification 1.3.

/// How a container of the image starts.
///
/// In JSON the names are Go's (`User`, `Env`, …). A field that is nil is left out; `null` is read as nil.
public struct ContainerConfiguration: Sendable, Hashable, Codable {
    /// The user, verbatim: a name or a number, maybe with `:` and a group; nil or empty means root.
    public var user: String?
    /// Ports, such as `3000/tcp`; the values are empty objects.
    public var exposedPorts: [String: EmptyObject]?
    /// Environment variables as `NAME=value`, in order.
    public var env: [String]?
    /// What is run; nil when not set.
    public var entrypoint: [String]?
    /// The arguments, or what is run when there is no entrypoint.
    public var cmd: [String]?
    /// Whether the command line was written in shell form.
    public var argsEscaped: Bool?
    /// Folders that become volumes.
    public var volumes: [String: EmptyObject]?
    /// The folder that the process starts in.
    public var workingDir: String?
    /// Labels.
    public var labels: [String: String]?
    /// The signal that ends the container.
    public var stopSignal: String?
    /// How the container's health is looked at.
    public var healthcheck: Healthcheck?
    /// Instructions for images built on this one.
    public var onBuild: [String]?
    /// The shell of shell-form instructions.
    public var shell: [String]?

    private enum CodingKeys: String, CodingKey {
        case user = "User"
        case exposedPorts = "ExposedPorts"
        case env = "Env"
        case entrypoint = "Entrypoint"
        case cmd = "Cmd"
        case argsEscaped = "ArgsEscaped"
        case volumes = "Volumes"
        case workingDir = "WorkingDir"
        case labels = "Labels"
        case stopSignal = "StopSignal"
        case healthcheck = "Healthcheck"
        case onBuild = "OnBuild"
        case shell = "Shell"
    }

    /// Nothing set.
    public init() {}

    /// The value of an environment variable; the last one counts.
    public func environmentValue(_ name: String) -> String? {
        let prefix = name + "="
        guard let entry = env?.last(where: { $0.hasPrefix(prefix) }) else { return nil }
        return String(entry.dropFirst(prefix.count))
    }
}

/// An object without fields, as Go writes the members of a set.
public struct EmptyObject: Sendable, Hashable, Codable {
    /// The only value.
    public init() {}
}

/// How a container's health is looked at.
public struct Healthcheck: Sendable, Hashable, Codable {
    /// `["NONE"]`, `["CMD", …]`, `["CMD-SHELL", "…"]`; empty means inherited.
    public var test: [String]?
    /// Nanoseconds between two looks; 0 or nil means inherited.
    public var interval: Int?
    /// Nanoseconds that one look may take.
    public var timeout: Int?
    /// Nanoseconds after the start in which failures do not count.
    public var startPeriod: Int?
    /// Nanoseconds between two looks while starting.
    public var startInterval: Int?
    /// How many failures in a row make a container unhealthy.
    public var retries: Int?

    private enum CodingKeys: String, CodingKey {
        case test = "Test"
        case interval = "Interval"
        case timeout = "Timeout"
        case startPeriod = "StartPeriod"
        case startInterval = "StartInterval"
        case retries = "Retries"
    }

    /// What is nil is left out of the JSON.
    public init(
        test: [String]?,
        interval: Int? = nil,
        timeout: Int? = nil,
        startPeriod: Int? = nil,
        startInterval: Int? = nil,
        retries: Int? = nil
    ) {
        self.test = test
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.startInterval = startInterval
        self.retries = retries
    }
}
