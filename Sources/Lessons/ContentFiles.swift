// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation

/// Reads the files of the content root, under limits and without following links.
struct ContentFiles: Sendable {
    /// The kinds of things in a folder that matter here.
    enum Kind { case file, folder, link, other, missing }

    /// The most bytes of a text of a lesson.
    let mostBytes: Int

    func kind(_ path: String) -> Kind {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let type = attributes[.type] as? FileAttributeType
        else { return .missing }
        switch type {
        case .typeRegular: return .file
        case .typeDirectory: return .folder
        case .typeSymbolicLink: return .link
        default: return .other
        }
    }

    /// The names in a folder, sorted, those that begin with a dot included; empty when there is no such folder.
    func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// The relative paths of all files below a folder, sorted. Links are not followed, and are listed as files.
    func files(below folder: String, deepest: Int = 32) -> [String] {
        var found: [String] = []
        var stack: [(path: String, depth: Int)] = [("", 0)]
        while let (path, depth) = stack.popLast(), found.count < 100_000 {
            for name in names(in: path.isEmpty ? folder : folder + "/" + path) {
                let relative = path.isEmpty ? name : path + "/" + name
                if kind(folder + "/" + relative) == .folder {
                    if depth < deepest { stack.append((relative, depth + 1)) }
                } else {
                    found.append(relative)
                }
            }
        }
        return found.sorted()
    }

    /// The bytes of a file.
    ///
    /// - Throws: a `Failure`: `noInput`, `hostileInput` for anything but a plain file, `overLimit`, `inputOutput`.
    func data(_ path: String) throws -> Data {
        switch kind(path) {
        case .file: break
        case .missing: throw Failure(.noInput, "The file does not exist", at: .file(path))
        case .link:
            throw Failure(
                .hostileInput,
                "The file is a link",
                at: .file(path),
                why: "lessons are read without following links"
            )
        case .folder, .other: throw Failure(.malformedInput, "This is not a plain file", at: .file(path))
        }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            var data = Data()
            while let piece = try handle.read(upToCount: 65_536), !piece.isEmpty {
                data.append(piece)
                guard data.count <= mostBytes else { throw tooLarge(path) }
            }
            return data
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.inputOutput, "The file cannot be read", at: .file(path), cause: error)
        }
    }

    private func tooLarge(_ path: String) -> Failure {
        Failure(.overLimit, "The file is larger than \(mostBytes) bytes", at: .file(path))
    }

    /// The text of a file.
    ///
    /// - Throws: as `data`, and `malformedInput` when the bytes are not UTF-8.
    func text(_ path: String) throws -> String { try text(try data(path), of: path) }

    /// The text of a file that has been read.
    ///
    /// - Throws: a `Failure`: `overLimit`, `malformedInput` when the bytes are not UTF-8.
    func text(_ data: Data, of path: String) throws -> String {
        guard data.count <= mostBytes else { throw tooLarge(path) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Failure(.malformedInput, "The file is not UTF-8 text", at: .file(path))
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Whether a path stays where it is meant to: relative, with plain names only.
    static func staysInside(_ path: String) -> Bool {
        guard !path.isEmpty, !path.hasPrefix("/"), !path.contains("\0"), !path.contains("\\") else { return false }
        return path.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    /// Whether a name can be a folder of a lesson, step or case: small letters, digits and hyphens.
    static func isName(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return !name.isEmpty && name.utf8.count <= 64 && isPlain && !name.hasPrefix("-")
    }
}
