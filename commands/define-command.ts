import type { Command } from 'commander'
import type { CommandContext } from '../composition/context.ts'

/**
 * Gives a subcommand its arguments, options and action. The context is made when the subcommand runs, so that `--help`
 * needs no configuration.
 */
export type DefineCommand = (command: Command, context: () => CommandContext) => void
