// SPDX-License-Identifier: Apache-2.0
//
// Source: deb-control(5); dpkg(1) "Package states".

/// The fields of dpkg's database that say which package a paragraph is about; empty where they are missing.
public struct DpkgPackage: Sendable, Hashable {
    /// `Package`.
    public private(set) var name = ""
    /// `Version`.
    public private(set) var version = ""
    /// `Architecture`.
    public private(set) var architecture = ""
    /// `Source`: the source package, maybe with a version in brackets.
    public private(set) var source = ""
    /// `Status`: what is wanted, whether something is wrong, and the state.
    public private(set) var status = ""
    /// `Maintainer`.
    public private(set) var maintainer = ""
    /// The first line of `Description`.
    public private(set) var summary = ""
    /// Whether there is any line that does not begin with a blank.
    public private(set) var isStarted = false
    /// The first line that is neither a field nor goes on with one, counted from 1 in the file; nil when there is none.
    public private(set) var strangeLine: Int?

    /// The last of several fields of a name counts.
    init(_ buffer: UnsafeBufferPointer<UInt8>, firstLine: Int) {
        var number = firstLine - 1
        for line in ByteLines(buffer) {
            number += 1
            guard let first = line.first, first != 0x20, first != 0x09 else { continue }
            isStarted = true
            switch first | 0x20 {
            case UInt8(ascii: "p") where line.isField("Package"): name = line.text(from: 8)
            case UInt8(ascii: "v") where line.isField("Version"): version = line.text(from: 8)
            case UInt8(ascii: "a") where line.isField("Architecture"): architecture = line.text(from: 13)
            case UInt8(ascii: "s") where line.isField("Status"): status = line.text(from: 7)
            case UInt8(ascii: "s") where line.isField("Source"): source = line.text(from: 7)
            case UInt8(ascii: "m") where line.isField("Maintainer"): maintainer = line.text(from: 11)
            case UInt8(ascii: "d") where line.isField("Description"): summary = line.text(from: 12)
            case _ where strangeLine == nil && !line.contains(UInt8(ascii: ":")): strangeLine = number
            default: break
            }
        }
    }

    /// The source package and its version, each where it differs from the package's own; nil when neither does.
    public var origin: (name: String, version: String?)? {
        let parts = source.split(separator: " ", maxSplits: 1)
        guard let first = parts.first else { return nil }
        var version: String?
        if parts.count == 2, parts[1].hasPrefix("("), parts[1].hasSuffix(")") {
            version = String(parts[1].dropFirst().dropLast())
            if version == self.version || version == "" { version = nil }
        }
        return first == name && version == nil ? nil : (String(first), version)
    }

    /// Whether the state, the last word of `Status`, says that the package's files are in the image.
    public var isPresent: Bool {
        switch status.split(separator: " ").last {
        case "installed", "triggers-pending", "triggers-awaited", "half-configured", "unpacked", "half-installed": true
        default: false
        }
    }

    /// Whether the package is installed whole.
    public var isInstalled: Bool { status.split(separator: " ").last == "installed" }
}
