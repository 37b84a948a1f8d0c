// SPDX-License-Identifier: Apache-2.0

/// What a run leaves on the machine's own record: it only grows, so no way back takes any of it away.
struct MachineRecord: Sendable {
    /// The simple commands that ran.
    var trace: [ShellOutcome.Step] = []
    /// How many commands were sent to the background, and how the first 10,000 of them ended.
    var jobCount = 0
    var jobExits: [Exit] = []
}
