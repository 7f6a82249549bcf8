import { Command } from 'commander'
import { commands } from '../../commands/commands.ts'

test.each(commands.map((command) => [command.name, command] as const))(
  '%s is the one command that its file defines, with a help',
  async (name, { load }) => {
    const program = new Command('scoreline')
    const define = await load()
    define(program, () => {
      throw new Error('No command is run here.')
    })
    expect(program.commands.map((command) => command.name())).toEqual([name])
    expect(program.commands[0]!.helpInformation()).toContain(`Usage: scoreline ${name}`)
  },
)
