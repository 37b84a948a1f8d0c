// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// Reads lines, has each answered, writes the answers.
///
/// Answers are gathered while input is at hand and written before more is waited for: a file streams, and somebody who types
/// a line sees its answer at once.
struct LineLoop {
    /// Bytes of one line; a longer one is answered with an error.
    var maximumLineBytes = 64 << 20
    /// Bytes of answers that are gathered at most.
    var bufferBytes = 1 << 16

    /// Runs until the input ends; a last line without a line feed counts.
    ///
    /// - Parameters:
    ///   - read: fills the buffer and returns the number of bytes, 0 at the end.
    ///   - write: takes bytes of answers.
    ///   - answer: appends the answer to one line.
    func run(
        read: (UnsafeMutableRawBufferPointer) -> Int,
        write: ([UInt8]) -> Void,
        answer: (ArraySlice<UInt8>, inout [UInt8]) throws -> Void
    ) {
        var output: [UInt8] = []
        output.reserveCapacity(bufferBytes * 2)
        var pending: [UInt8] = []
        var isTooLong = false
        var chunk = [UInt8](repeating: 0, count: bufferBytes)

        func finish(_ line: ArraySlice<UInt8>) {
            if isTooLong || line.count > maximumLineBytes {
                output += "error: the line is longer than \(maximumLineBytes) bytes".utf8
            } else {
                Self.answer(line.last == 0x0D ? line.dropLast() : line, into: &output, answer)
            }
            output.append(0x0A)
            isTooLong = false
            if output.count >= bufferBytes {
                write(output)
                output.removeAll(keepingCapacity: true)
            }
        }

        while true {
            if !output.isEmpty {
                write(output)
                output.removeAll(keepingCapacity: true)
            }
            let count = chunk.withUnsafeMutableBytes(read)
            guard count > 0 else { break }
            var start = 0
            while let end = chunk[start..<count].firstIndex(of: 0x0A) {
                if pending.isEmpty, !isTooLong {
                    finish(chunk[start..<end])
                } else {
                    keep(chunk[start..<end], &pending, &isTooLong)
                    finish(pending[...])
                    pending.removeAll(keepingCapacity: pending.count < bufferBytes)
                }
                start = end + 1
            }
            keep(chunk[start..<count], &pending, &isTooLong)
        }
        if !pending.isEmpty || isTooLong { finish(pending[...]) }
        if !output.isEmpty { write(output) }
    }

    private func keep(_ bytes: ArraySlice<UInt8>, _ pending: inout [UInt8], _ isTooLong: inout Bool) {
        if isTooLong { return }
        guard pending.count + bytes.count <= maximumLineBytes else {
            pending = []
            isTooLong = true
            return
        }
        pending += bytes
    }

    private static func answer(
        _ line: ArraySlice<UInt8>,
        into output: inout [UInt8],
        _ answer: (ArraySlice<UInt8>, inout [UInt8]) throws -> Void
    ) {
        let start = output.count
        do {
            try answer(line, &output)
            // An answer is one line whatever was asked.
            if output[start...].contains(0x0A) {
                output.removeSubrange(start...)
                output += "error: the answer has more than one line".utf8
            }
        } catch {
            output.removeSubrange(start...)
            output += "error: ".utf8
            output += oneLine(String(describing: error)).utf8
        }
    }

    /// An error's text on one line, harmless, and not longer than a person reads.
    static func oneLine(_ text: String) -> String {
        let limit = 400
        var cut = text
        if text.utf8.count > limit {
            let end =
                text.unicodeScalars.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex) ?? text.endIndex
            cut = String(text.unicodeScalars[..<end]) + "…"
        }
        return String(String.UnicodeScalarView(cut.harmless.unicodeScalars.map { $0 == "\n" || $0 == "\t" ? " " : $0 }))
    }
}
