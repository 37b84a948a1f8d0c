// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import OCISpec

extension Unknown.Scope {
    /// What a file at a path tells of.
    public init(ofFileAt path: ImagePath) {
        let parts = path.components.map { String(decoding: $0, as: UTF8.self) }
        if parts.count == 2, parts[0] == "etc",
            ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"].contains(parts[1])
        {
            self = .accounts
            return
        }
        if parts.contains("node_modules") || parts.starts(with: ["lib", "apk"])
            || parts.starts(with: ["usr", "lib", "apk"])
            || parts.starts(with: ["var", "lib", "dpkg"]) || parts.contains("site-packages")
        {
            self = .packages
            return
        }
        self = .files
    }
}
