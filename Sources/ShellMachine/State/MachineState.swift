// SPDX-License-Identifier: Apache-2.0

/// The machine's whole state, as one value: a fork, a subshell and a way back are assignments.
struct MachineState {
    /// The files, and what the kernel keeps for the shell's process.
    var world: World
    /// What the script has set.
    var shell: ShellEnvironment
    /// What is open around the command at hand.
    var control = ControlState()
    /// Where the script stands.
    var position = ScriptPosition()
    /// How the last command ended.
    var last = CommandResult()
    /// What only grows.
    var record = MachineRecord()

    /// The state without its records: a place to come back to.
    var withoutRecords: MachineState {
        var copy = self
        copy.world.record = WorldRecord()
        copy.record = MachineRecord()
        return copy
    }

    /// Goes to another state; what stands on the records stays there.
    mutating func go(to other: MachineState) {
        var next = other
        swap(&next.world.record, &world.record)
        swap(&next.record, &record)
        self = next
    }

    /// What a fork gets a copy of. The files are everybody's, and how a command ended is told to the parent.
    struct Process {
        fileprivate let world: World.Process
        fileprivate let shell: ShellEnvironment
        fileprivate let control: ControlState
        fileprivate let position: ScriptPosition
    }

    /// The process that the shell is.
    var process: Process {
        get { Process(world: world.process, shell: shell, control: control, position: position) }
        set {
            world.process = newValue.world
            shell = newValue.shell
            control = newValue.control
            position = newValue.position
        }
    }
}
