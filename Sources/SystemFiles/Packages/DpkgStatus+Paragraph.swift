// SPDX-License-Identifier: Apache-2.0
//
// Source: deb-control(5); dpkg(1) "Package states".

extension DpkgStatus {
    /// What a database says about one package.
    public struct Paragraph: Sendable, Hashable {
        private let part: Paragraphs.Part

        init(_ part: Paragraphs.Part) { self.part = part }

        /// The line right below it in the file as it was read, from 1.
        public var endLine: Int { part.endLine }

        /// The first line of a field's value without blanks at its ends; nil when the field is not there. Letters of the name are
        /// compared without case; of two fields of that name the last counts, as in `package`.
        public func value(of field: String) -> String? {
            guard let range = line(of: field) else { return nil }
            return part.bytes[range].withUnsafeBufferPointer { $0.text(from: field.utf8.count + 1) }
        }

        /// The line of a field, without its end.
        func line(of field: String) -> Range<Int>? {
            let wanted = Array(field.lowercased().utf8)
            var found: Range<Int>?
            part.bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                for line in ByteLines(buffer) where line.count > wanted.count && line[wanted.count] == 0x3A {
                    let isIt = zip(line, wanted).allSatisfy { byte, want in
                        ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == want
                    }
                    guard isIt, let start = line.baseAddress else { continue }
                    let lower = part.bytes.startIndex + (start - base)
                    found = lower..<lower + line.count
                }
            }
            return found
        }

        /// The fields that say which package it is, in one pass.
        public var package: DpkgPackage {
            part.bytes.withUnsafeBufferPointer { DpkgPackage($0, firstLine: part.firstLine) }
        }
    }
}
