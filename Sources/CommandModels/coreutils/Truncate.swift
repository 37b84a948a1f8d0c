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
    static let makesNone = CommandOption.flag("c", "no-create")
    static let options: OptionTable? = OptionTable([
        makesNone, .flag("o", "io-blocks").unfollowed, .value("r", "reference", is: .path).unfollowed, size,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard let text = call.value(size), !call.operands.isEmpty else { return call.missingOperand() }
        for operand in call.operands {
            do throws(FileError) {
                if call.has(makesNone), try call.world.node(operand) == nil { continue }
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
        // A sign means so much more or less than there is.
        let sign = text.utf8.first.flatMap { $0 == UInt8(ascii: "+") ? 1 : $0 == UInt8(ascii: "-") ? -1 : nil }
        let digits = sign == nil ? text[...] : text.dropFirst()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits), number <= 1 << 24,
            case .file(.bytes(let bytes))? = world.tree.node(at: place)?.kind,
            case let size = sign.map({ max(0, bytes.count + $0 * number) }) ?? number,
            size <= min(world.limits.entryBytes, 1 << 24)
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
