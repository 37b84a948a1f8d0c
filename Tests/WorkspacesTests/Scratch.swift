// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport

@testable import Workspaces

/// A folder that goes away with the test, with a lesson's starter, overlays and a data home in it.
final class Scratch: Sendable {
    let path: String
    var starter: String { path + "/starter" }
    var work: String { path + "/work" }
    var keeper: WorkspaceKeeper { WorkspaceKeeper(dataHome: path + "/data", homeFolder: path + "/home") }
    let time = Date(timeIntervalSince1970: 1_790_000_000)

    init() throws {
        path = try WorkspaceKeeper.realPath(NSTemporaryDirectory()) + "/seaworthy-workspaces-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path + "/home", withIntermediateDirectories: true)
        try write("starter/Dockerfile", "FROM node:lts-slim\nCMD [\"node\"]\n")
        try write("starter/src/index.js", "console.log(1)\n")
        try write("starter/run.sh", "#!/bin/sh\n", mode: 0o755)
    }

    deinit {
        // A test may leave folders that nobody may enter.
        _ = try? SeaworthyBinary.run("/bin/chmod", ["-R", "u+rwX", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
        let file = path + "/" + name
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }

    func read(_ name: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: path + "/" + name))).map { String(decoding: $0, as: UTF8.self) }
    }

    func exists(_ name: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path + "/" + name)) != nil
    }

    func create() throws -> Workspace {
        try keeper.create(
            at: work,
            lesson: "securing-your-image",
            step: "good-image",
            contentVersion: "1",
            starter: starter
        )
    }
}
