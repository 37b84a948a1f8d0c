// SPDX-License-Identifier: Apache-2.0
//
// Source: OCI runtime specification 1.2, config-linux.md, "Default Devices" and "Default Filesystems".

public import ImageFilesystem
public import OCISpec

/// The devices that every container has, whatever its image holds: a runtime mounts them.
public enum ContainerDevices {
    /// The folders that a runtime mounts, so that nothing that is put there becomes part of the image.
    public static let folders: [ImagePath] = ["/dev", "/proc", "/sys"]

    private static let numbers: [ImagePath: (major: UInt32, minor: UInt32)] = [
        "/dev/null": (1, 3), "/dev/zero": (1, 5), "/dev/full": (1, 7), "/dev/random": (1, 8), "/dev/urandom": (1, 9),
        "/dev/tty": (5, 0),
    ]

    /// The device at a path; nil where a container has none for certain.
    public static func node(at path: ImagePath) -> FileNode? {
        numbers[path].map { FileNode(kind: .character(major: $0.major, minor: $0.minor), mode: 0o666) }
    }

    /// Whether what is read from a device is known: nothing at all.
    public static func isEmpty(_ kind: FileNode.Kind) -> Bool { kind == .character(major: 1, minor: 3) }
}
