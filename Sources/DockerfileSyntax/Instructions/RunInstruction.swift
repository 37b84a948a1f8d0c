// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert_runmount.go and dispatchRun.

/// A `RUN`.
public struct RunInstruction: Sendable, Hashable {
    /// What is run.
    public let script: Script
    /// `--mount`, in order.
    public let mounts: [RunMount]
    /// `--network`: `default`, `none` or `host`; nil when not given.
    public let network: String?
    /// `--security`: `sandbox` or `insecure`; nil when not given.
    public let security: String?
    /// `--device`, in order.
    public let devices: [String]

    /// What a `RUN` hands over.
    public enum Script: Sendable, Hashable {
        /// A text for the shell, exactly as it gets it: a command line with continuations joined, or the body of its
        /// only
        /// here-document, or a command line with its here-documents behind it. Offsets in it turn back into lines.
        case shell(MappedText)
        /// Words that are run without a shell.
        case exec([Token])
        /// A here-document that names its interpreter with `#!`; it becomes `/dev/pipes/NAME` and is run.
        case file(name: String, content: MappedText)
    }

    init(_ parts: InstructionParts) throws(SyntaxError) {
        try parts.checkFlags(.run)
        network = parts.flag("network")
        security = parts.flag("security")
        devices = parts.flags.filter { $0.name == "device" }.compactMap(\.value)
        if let network, !["default", "none", "host"].contains(network) {
            throw SyntaxError("invalid network mode \(network.quoted)", at: parts.flagRange("network"))
        }
        if let security, !["sandbox", "insecure"].contains(security) {
            throw SyntaxError("security \(security.quoted) is not valid", at: parts.flagRange("security"))
        }
        var mounts: [RunMount] = []
        for flag in parts.flags where flag.name == "mount" {
            do {
                mounts.append(try RunMount(text: flag.value ?? "", range: flag.range))
            } catch { throw SyntaxError(error.description, at: flag.range) }
        }
        self.mounts = mounts
        script = Self.script(parts)
    }

    private static func script(_ parts: InstructionParts) -> Script {
        if parts.form == .exec { return .exec(parts.arguments) }
        let line = parts.source[parts.restOffsets]
        guard let first = parts.heredocs.first else { return .shell(line) }
        if HeredocWord(parts.rest.text) != nil {
            // The builder takes the tabs of `<<-` away before it looks.
            let isFile = first.content.text.utf8.starts(with: "#!".utf8)
            return isFile ? .file(name: first.name, content: first.content) : .shell(first.content)
        }
        // The shell reads these here-documents itself, so they go to it as they stand, tabs included.
        var whole = line
        for heredoc in parts.heredocs {
            whole.append([0x0A], at: whole.position(at: whole.utf8.count))
            whole.append(heredoc.rawText)
            whole.append(heredoc.name.utf8, at: heredoc.endWordPosition)
        }
        return .shell(whole)
    }
}
