// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageFilesystem
import JSONValues
import Workbench

/// `seaworthy image files`: every file of an image, with the layer that wrote it.
struct ImageFiles: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "files",
        abstract: "List every file of an image, with the layer that wrote it.",
        aliases: ["tree"]
    )

    @Argument(help: "The image.")
    var image: String

    @Flag(help: "Print one JSON document: an array of {path,type,mode,uid,gid,size,link,layer}.")
    var json = false

    @OptionGroup var choice: ImageChoice
    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let (finder, found) = try choice.find(image, runtime)
        let tree: FileTree
        if let model = found.modelTree {
            tree = model
        } else {
            tree = ImageSizes(finder).withRecordedSizes(
                try found.image.fileTree(limits: runtime.limits),
                of: found.image
            )
        }
        var output: [UInt8] = []
        let files = FileListing.list(tree)
        if json {
            output += "[".utf8
            for (index, file) in files.enumerated() {
                output += (index == 0 ? "\n  " : ",\n  ").utf8
                output += Self.document(file).bytes(indented: false)
            }
            output += (files.isEmpty ? "]\n" : "\n]\n").utf8
        } else {
            for file in files { output += (Self.line(file) + "\n").utf8 }
        }
        runtime.console.print(bytes: output)
        return .success
    }

    private static func document(_ file: FileListing) -> JSONValue {
        [
            "path": .string(file.path), "type": .string(file.type.rawValue), "mode": .string(file.mode),
            "uid": .number(String(file.uid)), "gid": .number(String(file.gid)), "size": .optional(file.size),
            "link": .optional(file.link), "layer": .optional(file.layer),
        ]
    }

    private static func line(_ file: FileListing) -> String {
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        var name = file.path
        if let link = file.link { name += (file.type == .hardlink ? " link to " : " -> ") + link }
        let layer = file.layer.map { String($0) } ?? "-"
        let size = file.size.map { String($0) } ?? "?"
        return
            "\(right(layer, 3)) \(file.mode) \(right(String(file.uid), 5)) \(right(String(file.gid), 5)) \(right(size, 10)) "
            + name.harmless.replacing("\n", with: "?")
    }
}
