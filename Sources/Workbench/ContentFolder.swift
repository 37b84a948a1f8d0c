// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation

/// Where lessons, solutions, the base image kit and the advisories are.
enum ContentFolder {
    /// `$SEAWORTHY_CONTENT`, else `../share/seaworthy` beside the program, else the checkout that the program or the working
    /// directory stands in.
    ///
    /// - Throws: a `Failure`: `noInput` when there is no content in any of them.
    static func find(_ surroundings: Surroundings) throws -> String {
        if let path = surroundings.environment["SEAWORTHY_CONTENT"], !path.isEmpty {
            let path = Surroundings.absolute(path)
            guard isContent(path) else {
                throw Failure(
                    .noInput,
                    "there is no content in the folder that SEAWORTHY_CONTENT names",
                    at: .file(path),
                    why: "it holds no `lessons` and `kit`",
                    fix: "point SEAWORTHY_CONTENT at a checkout, or unset it"
                )
            }
            return path
        }
        if let found = candidates(surroundings).first(where: isContent) { return found }
        throw Failure(
            .noInput,
            "cannot find the lessons and the base image kit",
            why: "they are neither beside the program nor in a folder above it",
            fix: "set SEAWORTHY_CONTENT to the folder that holds `lessons` and `kit`"
        )
    }

    private static func isContent(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/lessons")
            && FileManager.default.fileExists(atPath: path + "/kit")
    }

    private static func candidates(_ surroundings: Surroundings) -> [String] {
        var candidates: [String] = []
        if let program = surroundings.programPath {
            var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
            candidates.append(folder.deletingLastPathComponent().path + "/share/seaworthy")
            for _ in 0..<8 where folder.path != "/" {
                candidates.append(folder.path)
                folder = folder.deletingLastPathComponent()
            }
        }
        var folder = URL(fileURLWithPath: surroundings.currentDirectory)
        for _ in 0..<16 {
            candidates.append(folder.path)
            if folder.path == "/" { break }
            folder = folder.deletingLastPathComponent()
        }
        return candidates
    }
}
