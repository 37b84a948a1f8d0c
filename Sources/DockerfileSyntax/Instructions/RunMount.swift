// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/instructions/commands_runmount.go.

public import Diagnostics

/// A `--mount` of a `RUN`.
///
/// A mount with a `$` in it is read without its rules, for they hold for the values after expansion: `expanded` reads
/// it
/// anew.
public struct RunMount: Sendable, Hashable {
    /// What stands behind `--mount=`.
    public let text: String
    /// Where the flag stands.
    public let range: SourceRange
    /// Whether variables are still to be expanded.
    public let hasVariables: Bool
    /// The fields; those of a mount with variables are as written.
    public private(set) var fields: MountFields

    /// Reads what stands behind `--mount=`.
    init(text: String, range: SourceRange) throws(RunMountError) {
        self.text = text
        self.range = range
        let parsed = try MountFields.fields(of: text)
        for field in parsed {
            let (key, value) = MountFields.cut(field)
            if key == "from", let value, CopyInstruction.hasVariable(value) {
                throw RunMountError(CopyInstruction.noVariable)
            }
        }
        hasVariables = text.utf8.contains(UInt8(ascii: "$"))
        fields = try MountFields(parsed, isStrict: !hasVariables)
    }

    /// The mount with its values expanded and checked.
    ///
    /// - Parameter expand: expands one value; its error's text becomes the mount's error.
    public func expanded(_ expand: (String) throws(ExpansionError) -> String) throws(RunMountError) -> RunMount {
        guard hasVariables else { return self }
        var expandedFields: [String] = []
        for field in try MountFields.fields(of: text) {
            guard let equals = field.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                expandedFields.append(field)
                continue
            }
            do {
                let value = try expand(String(field[field.utf8.index(after: equals)...]))
                expandedFields.append(String(field[...equals]) + value)
            } catch { throw RunMountError(error.description) }
        }
        var copy = self
        copy.fields = try MountFields(expandedFields, isStrict: true)
        return copy
    }
}

/// Why a mount is refused, in BuildKit's words.
public struct RunMountError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The message.
    public let description: String

    init(_ description: String) { self.description = description }
}
