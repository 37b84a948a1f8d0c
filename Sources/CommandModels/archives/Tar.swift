// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU tar 1.34, tar(1).

import Diagnostics
import ImageFilesystem
import ShellMachine

/// `tar`: what an archive holds is not known; where it is unpacked is.
enum Tar: CommandModel {
    static let names = ["tar"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let words = TarWords(call.arguments)
        if let archive = words.archive, archive != "-", !words.creates {
            do throws(FileError) {
                _ = try call.world.readFile(archive)
            } catch {
                if !call.world.isUncertainMiss(archive, error) {
                    return cannotOpen(archive, error, &call)
                }
            }
        }
        if words.lists { return call.unknown("what an archive holds is not known", .output) }
        if words.creates { return create(words.archive, &call) }
        guard words.extracts else { return call.unknown("this use of tar is not followed", .files) }
        return extract(into: words.folder ?? ".", &call)
    }

    private static func cannotOpen(_ file: String, _ error: FileError, _ call: inout Invocation) -> Outcome {
        call.err("tar: \(file): Cannot open: \(error.message)\ntar: Error is not recoverable: exiting now\n")
        return .code(2, reason: error.reason(file))
    }

    private static func create(_ archive: String?, _ call: inout Invocation) -> Outcome {
        guard let archive, archive != "-" else {
            call.out([], isUnknown: true)
            return .success
        }
        do throws(FileError) {
            try Download.put(archive, "the archive \(archive) that tar writes is not followed", &call)
            return .success
        } catch {
            call.err("tar: \(archive): Cannot open: \(error.message)\n")
            return .code(2, reason: error.reason(archive))
        }
    }

    private static func extract(into folder: String, _ call: inout Invocation) -> Outcome {
        _ = call.world.readInput()
        guard let (path, node) = try? call.world.resolve(folder), node?.isDirectory == true else {
            if call.world.isUncertain(call.world.path(folder)) {
                return call.unknown("where tar unpacks is not known", .files)
            }
            return cannotOpen(folder, .missing, &call)
        }
        call.world.doubt(
            "tar unpacks an archive below \(path): what it holds is not known",
            Unpacking.scope(below: path),
            in: [path]
        )
        return .unknown
    }
}
