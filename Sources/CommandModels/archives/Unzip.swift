// SPDX-License-Identifier: Apache-2.0
//
// Source: Info-ZIP 6.0, unzip(1).

import Diagnostics
import ShellMachine

/// `unzip`: what an archive holds is not known; where it is unpacked is.
enum Unzip: CommandModel {
    static let names = ["unzip"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let words = call.arguments
        var folder = "."
        if let index = words.firstIndex(of: "-d"), index + 1 < words.count { folder = words[index + 1] }
        let path = call.world.path(folder)
        call.world.doubt(
            "unzip unpacks an archive below \(path): what it holds is not known",
            Unpacking.scope(below: path),
            in: [path]
        )
        return .unknown
    }
}
