// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import ImageFilesystem
public import OCISpec
public import Packages

/// Finds the packages of one ecosystem in an image.
///
/// An implementation promises to look only at files that it declared an interest in, never to trap on any bytes, to record as
/// `Unknown` what it could not read and go on, and to take time that grows no faster than the files do.
public protocol Cataloger: Sendable {
    /// The name that stands in `Package.foundBy`.
    var name: String { get }

    /// Where its files always stand, however the folders above them are linked; names that only end in some way are found anyway.
    var places: [FileNames.Place] { get }

    /// Whether it takes programs apart that were looked through, whatever their names.
    var takesPrograms: Bool { get }

    /// What is wanted of the file at a path; asked for every file of an image, so it must be quick.
    func interest(in path: ImagePath) -> FileInterest

    /// Finds packages.
    ///
    /// - Parameter paths: the files of the image that are of interest, sorted.
    func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult
}

extension Cataloger {
    /// None.
    public var places: [FileNames.Place] { [] }
    /// It does not.
    public var takesPrograms: Bool { false }
}

/// What a cataloger works with.
public struct CatalogContext {
    /// The image's files.
    public let resolver: any FileResolver
    /// What the caller knows besides the files.
    public let configuration: CatalogConfiguration
    /// The image's distribution; nil when its os-release does not say.
    public let distribution: Distribution?

    /// The distribution is nil where no file of the image tells it.
    public init(resolver: any FileResolver, configuration: CatalogConfiguration, distribution: Distribution?) {
        self.resolver = resolver
        self.configuration = configuration
        self.distribution = distribution
    }

    /// Reads a file; what stands in the way becomes an `Unknown` in `result`, and the answer nil. So does a missing file, but
    /// without a record.
    func bytes(at path: ImagePath, into result: inout CatalogerResult) -> (bytes: [UInt8], file: ResolvedFile)? {
        do {
            guard let file = try resolver.file(at: path) else { return nil }
            switch file.content {
            case .bytes(let bytes):
                guard bytes.count <= configuration.limits.entryBytes else {
                    result.note("\(path) is larger than \(configuration.limits.entryBytes) bytes and was not read")
                    return nil
                }
                return (bytes, file)
            case .absent: result.note("\(path) is in the image, but its bytes are not at hand")
            case .unknown(let why): result.note("what \(path) holds is not known: \(why)")
            }
        } catch let failure as Failure {
            result.note("\(path) cannot be read: \(failure.why ?? failure.what)")
        } catch {
            result.note("\(path) cannot be read")
        }
        return nil
    }
}

/// What the caller knows of an image besides its files.
public struct CatalogConfiguration: Sendable, Hashable {
    /// The image's environment variables.
    public let environment: [String: String]
    /// How much a reader may take.
    public let limits: Limits

    /// An image without environment, read under the limits of a learner's own machine.
    public init(environment: [String: String] = [:], limits: Limits = .standard) {
        self.environment = environment
        self.limits = limits
    }

    /// Takes the variables of an image configuration, each `NAME=value`; the last of a name counts.
    public init(environmentLines: [String], limits: Limits = .standard) {
        var environment: [String: String] = [:]
        for line in environmentLines {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
        }
        self.init(environment: environment, limits: limits)
    }
}

/// What one cataloger found.
public struct CatalogerResult: Sendable, Hashable {
    /// The packages, in any order.
    public var packages: [Package] = []
    /// What it could not read.
    public var unknowns: [Unknown] = []

    /// Nothing yet.
    public init() {}

    /// Records that something could not be read.
    mutating func note(_ reason: String) { unknowns.append(Unknown(reason: reason, scope: .packages)) }
}

extension ResolvedFile {
    /// The file as a package's location.
    var location: Package.Location {
        Package.Location(path: path.description, layerDiffID: layerDiffID?.description, layerIndex: layerIndex)
    }
}
