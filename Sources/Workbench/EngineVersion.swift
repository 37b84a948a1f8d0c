// SPDX-License-Identifier: Apache-2.0

/// The engine's own version, which every report and grade names.
package enum EngineVersion {
    package static let current = "0.1.0"
}
