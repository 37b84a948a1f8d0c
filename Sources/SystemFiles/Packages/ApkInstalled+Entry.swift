// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools, apk-package(5) and the installed database that apk 2.14 and 3.0 write.

public import OCISpec

extension ApkInstalled {
    /// What a database says about one package.
    public struct Entry: Sendable, Hashable {
        private let part: Paragraphs.Part

        init(_ part: Paragraphs.Part) { self.part = part }

        /// The line right below it in the file as it was read, from 1.
        public var endLine: Int { part.endLine }

        /// The fields that say which package it is, in one pass.
        public var package: ApkPackage {
            part.bytes.withUnsafeBufferPointer { ApkPackage($0, firstLine: part.firstLine) }
        }

        /// The words of a field before the list of files; none when it is not there.
        public func words(of key: Unicode.Scalar) -> [String] {
            var text: String?
            part.bytes.withUnsafeBufferPointer { buffer in
                for line in ByteLines(buffer) where line.count >= 2 && line[1] == 0x3A {
                    if line[0] == UInt8(ascii: "F") { return }
                    if UInt32(line[0]) == key.value { text = line.text(from: 2) }
                }
            }
            return text?.split(separator: " ").map(String.init) ?? []
        }

        /// The paths of the files that the package brought, without its folders, in order.
        public var files: [ImagePath] {
            var (folder, result) = (ImagePath.root, [ImagePath]())
            part.bytes.withUnsafeBufferPointer { buffer in
                for line in ByteLines(buffer) where line.count >= 2 && line[1] == 0x3A {
                    switch line[0] {
                    case UInt8(ascii: "F"): folder = ImagePath(line.dropFirst(2))
                    case UInt8(ascii: "R"): result.append(folder.appending(Array(line.dropFirst(2))))
                    default: continue
                    }
                }
            }
            return result
        }
    }
}
