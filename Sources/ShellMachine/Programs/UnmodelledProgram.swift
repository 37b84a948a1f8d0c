// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What is known of a program without a model.
public struct UnmodelledProgram: Sendable, Hashable {
    /// What it could have touched.
    public let scope: Unknown.Scope
    /// The folder that Debian has it in.
    public let home: ProgramHome

    /// Makes one from what is known.
    public init(scope: Unknown.Scope, home: ProgramHome = .bin) {
        self.scope = scope
        self.home = home
    }
}
