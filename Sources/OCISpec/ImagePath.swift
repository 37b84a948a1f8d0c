// SPDX-License-Identifier: Apache-2.0

/// A path inside an image: absolute, normalised, bytes.
///
/// Shape: `/`, or `/` and components joined by `/`; no empty component, no `.`, no `..`. The bytes need not be UTF-8. It turns
/// into a host path only where `Archives` extracts below an open folder.
public struct ImagePath: Sendable, Hashable {
    /// The components from the root down; empty for the root itself. None is empty, `.` or `..`; none holds `/` or NUL.
    public let components: [Name]

    /// One component of a path, as bytes.
    public typealias Name = [UInt8]

    /// The root of the image.
    public static let root = ImagePath(components: [])

    private init(components: [Name]) { self.components = components }

    /// Takes names that are components already: none empty, `.` or `..`, none with `/` or NUL in it.
    ///
    /// Names that are not are left out, so that the promise of `components` holds.
    public init(names: [Name]) {
        func isComponent(_ name: Name) -> Bool {
            !name.isEmpty && name != [0x2E] && name != [0x2E, 0x2E] && !name.contains { $0 == 0x2F || $0 == 0 }
        }
        components = names.allSatisfy(isComponent) ? names : names.filter(isComponent)
    }

    /// Reads a path as a Dockerfile, a shell or a tar entry spells it, below `base` when it is relative.
    ///
    /// `.` and empty components vanish, `..` goes up and stops at the root, as the kernel does in a container. Links are not
    /// looked at. A NUL byte ends the path, as in C.
    public init(_ bytes: some Sequence<UInt8>, relativeTo base: ImagePath = .root) {
        let parts = bytes.withContiguousStorageIfAvailable { Self.components(of: $0, below: base) }
        components = parts ?? Array(bytes).withUnsafeBufferPointer { Self.components(of: $0, below: base) }
    }

    /// One allocation a component: images have many thousands of paths.
    private static func components(of bytes: UnsafeBufferPointer<UInt8>, below base: ImagePath) -> [Name] {
        var parts = bytes.first == 0x2F ? [] : base.components
        var start = 0
        var index = 0
        while true {
            let isEnd = index == bytes.count || bytes[index] == 0
            if isEnd || bytes[index] == 0x2F {
                switch index - start {
                case 0: break
                case 1 where bytes[start] == 0x2E: break
                case 2 where bytes[start] == 0x2E && bytes[start + 1] == 0x2E: _ = parts.popLast()
                default: parts.append(Array(bytes[start..<index]))
                }
                start = index + 1
            }
            if isEnd { return parts }
            index += 1
        }
    }

    /// Reads a path from text; see `init(_:relativeTo:)` for bytes.
    public init(_ text: String, relativeTo base: ImagePath = .root) { self.init(text.utf8, relativeTo: base) }

    /// The path as bytes, beginning with `/`.
    public var bytes: [UInt8] {
        if components.isEmpty { return [0x2F] }
        var result: [UInt8] = []
        result.reserveCapacity(components.reduce(0) { $0 + $1.count + 1 })
        for component in components {
            result.append(0x2F)
            result.append(contentsOf: component)
        }
        return result
    }

    /// Whether this is the root.
    public var isRoot: Bool { components.isEmpty }

    /// The last component; nil for the root.
    public var name: Name? { components.last }

    /// The folder that holds it; the root's parent is the root.
    public var parent: ImagePath { ImagePath(components: Array(components.dropLast())) }

    /// The entry of that name in this folder. A name of `.`, `..`, with `/` in it or empty is normalised as a path would be.
    public func appending(_ name: Name) -> ImagePath {
        // A tar entry's name may be anything; a folder's entry is nearly always one plain component.
        if name.isEmpty || name[0] == 0x2E || name.contains(where: { $0 == 0x2F || $0 == 0 }) {
            // Relative even when it begins with a slash: it names an entry of this folder.
            return ImagePath([0x2E, 0x2F] + name, relativeTo: self)
        }
        return ImagePath(components: components + [name])
    }

    /// The entry of that name in this folder.
    public func appending(_ name: String) -> ImagePath { appending(Array(name.utf8)) }

    /// Whether this path is `folder` or lies below it.
    public func isInside(_ folder: ImagePath) -> Bool {
        components.count >= folder.components.count && components.starts(with: folder.components)
    }
}

extension ImagePath: CustomStringConvertible {
    /// The path as text; bytes that are not UTF-8 become U+FFFD.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension ImagePath: Comparable {
    /// Orders by bytes, component by component, so that a folder comes right before what it holds.
    public static func < (left: ImagePath, right: ImagePath) -> Bool {
        for (one, other) in zip(left.components, right.components) where one != other {
            return one.lexicographicallyPrecedes(other)
        }
        return left.components.count < right.components.count
    }
}

extension ImagePath: ExpressibleByStringLiteral {
    /// Reads a literal as `init(_:relativeTo:)` does.
    public init(stringLiteral value: String) { self.init(value) }
}
