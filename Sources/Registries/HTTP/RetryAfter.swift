// SPDX-License-Identifier: Apache-2.0

// Source: RFC 9110 §10.2.3 and §5.6.7.

import CivilTime

/// How long a busy server wants to be left alone.
enum RetryAfter {
    /// The seconds that an answer names; nil when it names none that can be read.
    ///
    /// A date is held against the answer's own `Date`, so that nobody's clock matters.
    static func seconds(_ response: HTTPResponse) -> Int? {
        guard let text = response.value("Retry-After") else { return nil }
        if let seconds = Int(text) { return max(0, seconds) }
        guard let until = response.value("Date").flatMap(instant), let then = instant(text) else { return nil }
        return max(0, then - until)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` as seconds since 1970.
    private static func instant(_ text: String) -> Int? {
        let parts = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, let month = months.firstIndex(of: String(parts[2])) else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Instant(parsing: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")?.epochSeconds
    }
}
