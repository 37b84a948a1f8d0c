// SPDX-License-Identifier: Apache-2.0

/// Reads the licences of many packages; what several declare alike is read once, for reading prose takes its time.
public struct LicenseReader: Sendable {
    private var readings: [[String]: LicenseExpression?] = [:]

    /// Starts with nothing read.
    public init() {}

    /// A package's licences as one expression, as `Package.licenseExpression` has it; nil when none is declared.
    public mutating func expression(of package: Package) -> LicenseExpression? {
        if let known = readings[package.licenses] { return known }
        let expression = package.licenseExpression
        readings[package.licenses] = .some(expression)
        return expression
    }
}
