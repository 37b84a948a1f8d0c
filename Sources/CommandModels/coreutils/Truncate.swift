// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, truncate.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `truncate`: cuts or stretches files.
enum Truncate: CommandModel {
    static let names = ["truncate"]
    static let scope = Unknown.Scope.files
    static let size = CommandOption.value("s", "size", is: .number)
    static let options: OptionTable? = OptionTable([
        .flag("c", "no-create"), .flag("o", "io-blocks"), .value("r", "reference", is: .path), size,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard let text = call.value(size), !call.operands.isEmpty else { return call.missingOperand() }
        for operand in call.operands {
            do throws(FileError) {
                let place = try call.world.openFile(operand, truncates: text == "0")
                if text != "0" { resize(place, to: text, in: &call.world) }
            } catch {
                return call.fail(
                    "cannot open '\(operand)' for writing: \(error.message)",
                    reason: error.reason(operand)
                )
            }
        }
        return .success
    }

    private static func resize(_ place: ImagePath, to text: String, in world: inout World) {
        guard let size = Int(text), size >= 0, size <= min(world.limits.entryBytes, 1 << 24),
            case .file(.bytes(let bytes))? = world.tree.node(at: place)?.kind
        else {
            let unknown = Unknown(reason: "the file was cut or stretched by truncate", scope: .files)
            world.tree.update(at: place) { $0.kind = .file(.unknown(unknown)) }
            return
        }
        let zeros = [UInt8](repeating: 0, count: max(0, size - bytes.count))
        let new = Array(bytes.prefix(size)) + zeros
        world.tree.update(at: place) { $0.kind = .file(.bytes(new)) }
    }
}
