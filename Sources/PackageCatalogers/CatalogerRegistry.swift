// SPDX-License-Identifier: Apache-2.0

/// The catalogers, a line each; each has a folder of its own.
public enum CatalogerRegistry {
    /// All of them.
    public static let all: [any Cataloger] = [
        APKCataloger(),
        DPKGCataloger(),
        NPMCataloger(),
        NodeRuntimeCataloger(),
        PythonCataloger(),
        GemCataloger(),
        ComposerCataloger(),
        NuGetCataloger(),
        GoCataloger(),
        RPMCataloger(),
        JavaCataloger(),
    ]
}
