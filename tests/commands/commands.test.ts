import { Command } from 'commander'
import { commands } from '../../commands/commands.ts'

test.each(commands.map((command) => [command.name, command] as const))(
  '%s is the one command that its file defines',
  async (name, { load }) => {
    const program = new Command()
    const define = await load()
    define(program, () => {
      throw new Error('No command is run here.')
    })
    expect(program.commands.map((command) => command.name())).toEqual([name])
  },
)
