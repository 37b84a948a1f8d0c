// SPDX-License-Identifier: Apache-2.0

public import ShellMachine

extension ProgramCatalog {
    /// For builds: every program that has a model or is known without one, where the image has its file.
    public static let standard = ProgramCatalog(CommandModelRegistry.all, unmodelled: UnmodelledPrograms.all)

    /// For scripts without an image: all of them are there.
    public static let everything = standard.withAllPresent
}
