// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools, apk-package(5).

/// The fields of apk's database that say which package an entry is about; empty where they are missing.
public struct ApkPackage: Sendable, Hashable {
    /// `P`.
    public private(set) var name = ""
    /// `V`.
    public private(set) var version = ""
    /// `A`.
    public private(set) var architecture = ""
    /// `L`.
    public private(set) var license = ""
    /// `o`: the package whose recipe made it.
    public private(set) var origin = ""
    /// `m`.
    public private(set) var maintainer = ""
    /// `T`.
    public private(set) var summary = ""
    /// Whether there is any line of the form `X:value`.
    public private(set) var isStarted = false
    /// The first line that is not of the form `X:value`, counted from 1 in the file; nil when there is none.
    public private(set) var strangeLine: Int?

    /// The last of several fields of a letter counts; behind the first `F` there are only files.
    init(_ buffer: UnsafeBufferPointer<UInt8>, firstLine: Int) {
        var number = firstLine - 1
        var isListingFiles = false
        for line in ByteLines(buffer) {
            number += 1
            if line.isEmpty { continue }
            guard line.count >= 2, line[1] == UInt8(ascii: ":") else {
                if strangeLine == nil { strangeLine = number }
                continue
            }
            isStarted = true
            if isListingFiles { continue }
            switch line[0] {
            case UInt8(ascii: "P"): name = line.text(from: 2)
            case UInt8(ascii: "V"): version = line.text(from: 2)
            case UInt8(ascii: "A"): architecture = line.text(from: 2)
            case UInt8(ascii: "L"): license = line.text(from: 2)
            case UInt8(ascii: "o"): origin = line.text(from: 2)
            case UInt8(ascii: "m"): maintainer = line.text(from: 2)
            case UInt8(ascii: "T"): summary = line.text(from: 2)
            case UInt8(ascii: "F"): isListingFiles = true
            default: break
            }
        }
    }
}
