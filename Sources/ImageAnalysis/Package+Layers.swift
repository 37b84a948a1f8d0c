// SPDX-License-Identifier: Apache-2.0

public import Packages

extension Package {
    /// The layers that brought the package, by their places; empty when they are not known.
    ///
    /// A package of a distribution is told by its database, which comes first among its locations; one of an application lies at
    /// each of them.
    public var layers: Set<Int> {
        Set((isOfDatabase ? Array(locations.prefix(1)) : locations).compactMap(\.layerIndex))
    }

    private var isOfDatabase: Bool { [.apk, .deb, .rpm].contains(type) }

    /// The package without the layer of its database where that is `count` or above.
    func withoutLayer(from count: Int) -> Package {
        guard isOfDatabase, let first = locations.first, let layer = first.layerIndex, layer >= count else {
            return self
        }
        return with(locations: [Location(path: first.path)] + locations.dropFirst())
    }
}
