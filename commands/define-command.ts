import type { Command } from 'commander'
import type { CommandContext } from '../composition/context.ts'

/**
 * Adds one subcommand to the program. The context is made when the subcommand runs, so that `--help` needs no
 * configuration.
 */
export type DefineCommand = (program: Command, context: () => CommandContext) => void
