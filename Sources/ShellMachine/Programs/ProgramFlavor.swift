// SPDX-License-Identifier: Apache-2.0

/// Whose manners a program has.
public enum ProgramFlavor: String, Sendable, Hashable, CaseIterable {
    /// The program of its own package: GNU's, or whoever the name's usual maker is.
    case gnu
    /// BusyBox's applet of that name.
    case busybox
    /// What dash carries out itself.
    case dashBuiltin
    /// shadow's account commands.
    case shadow
    /// Debian's account commands, which are written in Perl.
    case debianPerl

    /// All flavors: for models that know the differences themselves, or where there are none.
    public static let any = Set(allCases)
    /// All but BusyBox's.
    public static let ownPackage: Set<ProgramFlavor> = [.gnu, .dashBuiltin, .shadow, .debianPerl]
}
