// SPDX-License-Identifier: Apache-2.0

/// How a bill of materials says that it may not list everything, in documents that we write and read.
enum UnknownPackages {
    /// What a document says of itself.
    static let comment = "This list may be incomplete: the annotations say why."
    /// What an annotation of SPDX begins with.
    static let prefix = "unknown packages: "
    /// The name of a property of CycloneDX.
    static let property = "seaworthy:unknownPackages"
}
