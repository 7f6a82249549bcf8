import { Command } from 'commander'
import { commands } from '../../commands/commands.ts'

test.each(commands.map((command) => [command.name, command] as const))(
  '%s gets its options from its file, and has a help',
  async (name, { summary, load }) => {
    const command = new Command('scoreline').command(name).description(summary)
    const define = await load()
    define(command, () => {
      throw new Error('No command is run here.')
    })
    expect(command.helpInformation()).toContain(`Usage: scoreline ${name}`)
  },
)
