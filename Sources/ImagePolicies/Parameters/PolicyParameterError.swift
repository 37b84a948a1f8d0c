// SPDX-License-Identifier: Apache-2.0

/// Why a policy does not take a parameter.
public enum PolicyParameterError: Error, Equatable {
    /// It has none of that name.
    case unknownName(String)
    /// The parameter takes other values.
    case wrongValue(name: String, PolicyValue)
}
