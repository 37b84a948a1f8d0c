// SPDX-License-Identifier: Apache-2.0
//
// Source: moby/sys signal, ParseSignal and the Linux table.

/// Which signals a `STOPSIGNAL` may name, after expansion.
public enum StopSignal {
    private static let names: Set<String> = [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
        "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1",
        "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
    ]

    /// BuildKit's complaint about a signal; nil when it may stand: a number other than 0, or a name with or without
    /// `SIG`.
    public static func complaint(about signal: String) -> String? {
        if let number = Int(signal) { return number == 0 ? "invalid signal: 0" : nil }
        var name = signal.uppercased()
        if name.hasPrefix("SIG") { name = String(name.dropFirst(3)) }
        if names.contains(name) { return nil }
        let parts = name.split(separator: "+", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0] == "RTMIN", let step = Int(parts[1]), (1...15).contains(step) { return nil }
        let steps = name.split(separator: "-", omittingEmptySubsequences: false)
        if steps.count == 2, steps[0] == "RTMAX", let step = Int(steps[1]), (1...14).contains(step) { return nil }
        return "invalid signal: \(signal)"
    }
}
