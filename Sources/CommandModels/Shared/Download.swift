// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// What programs have in common that bring something from a network: the file that they write is not known.
enum Download {
    /// Makes one file unknown, as a download or an unpacked text is.
    static func put(_ file: String, _ reason: String, _ call: inout Invocation) throws(FileError) {
        let place = try call.world.openFile(file, truncates: true)
        let unknown = Unknown(reason: reason, scope: Unknown.Scope(ofFileAt: place), paths: [place.description])
        call.world.tree.update(at: place) { $0.kind = .file(.unknown(unknown)) }
        call.world.note(reason, unknown.scope, in: [place])
    }

    /// The first host among the operands that cannot be reached for there is no network; nil where there is one, and where no operand
    /// names a host on another machine.
    static func unreachable(_ call: Invocation) -> String? {
        guard !call.world.hasNetwork else { return nil }
        return call.operands.lazy.compactMap { host(of: $0) }.first
    }

    /// The host of an address on another machine; nil where it is a file, or on this machine.
    static func host(of url: String) -> String? {
        var rest = url[...]
        if let scheme = url.firstIndex(of: ":"), url[scheme...].hasPrefix("://") {
            guard ["http", "https", "ftp", "ftps", "git", "ssh"].contains(url[..<scheme].lowercased()) else {
                return nil
            }
            rest = url[url.index(scheme, offsetBy: 3)...]
        } else if url.hasPrefix("/") || url.hasPrefix(".") || !url.contains(".") || url.contains("$") {
            return nil
        }
        var host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        let name = host.prefix { $0 != ":" }
        guard !name.isEmpty, name != "localhost", !name.hasPrefix("127."), !name.hasPrefix("[") else { return nil }
        return String(name)
    }

    /// The name that a download has where none is given.
    static func name(of url: String) -> String {
        let path = url.split(separator: "?").first.map(String.init) ?? url
        return path.split(separator: "/").last.map(String.init) ?? "index.html"
    }
}
