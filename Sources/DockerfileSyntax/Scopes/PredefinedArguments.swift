// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/reference.md, "Predefined ARGs" and "Automatic platform ARGs in the global scope".

/// The build arguments that there are without an `ARG`.
public enum PredefinedArguments {
    /// Known in `RUN` without a declaration, when given on the command line; kept out of the history.
    public static let proxies: Set<String> = [
        "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy",
        "ALL_PROXY", "all_proxy",
    ]

    /// Arguments that speak to the builder itself and are never undefined.
    public static let builder: Set<String> = [
        "BUILDKIT_BUILD_NAME", "BUILDKIT_CACHE_MOUNT_NS", "BUILDKIT_CONTEXT_KEEP_GIT_DIR", "BUILDKIT_INLINE_CACHE",
        "BUILDKIT_MULTI_PLATFORM", "BUILDKIT_SANDBOX_HOSTNAME", "BUILDKIT_SYNTAX", "SOURCE_DATE_EPOCH",
        "BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE", "BUILDKIT_DOCKERFILE_CHECK",
    ]

    /// The arguments of the global scope, which a stage must declare again to see.
    ///
    /// - Parameter targetStage: the name given with `--target`; nil or empty becomes `default`.
    public static func platform(
        target: TargetPlatform,
        build: TargetPlatform,
        targetStage: String?
    ) -> [String: String] {
        let stage = targetStage ?? ""
        return [
            "TARGETPLATFORM": target.description, "TARGETOS": target.os, "TARGETARCH": target.architecture,
            "TARGETVARIANT": target.variant, "TARGETOSVERSION": "",
            "BUILDPLATFORM": build.description, "BUILDOS": build.os, "BUILDARCH": build.architecture,
            "BUILDVARIANT": build.variant, "BUILDOSVERSION": "",
            "TARGETSTAGE": stage.isEmpty ? "default" : stage,
        ]
    }
}
