import type { Command } from 'commander'
import type { CommandContext } from '../composition/context.ts'

/**
 * Defines the arguments, options and action of a subcommand. The context is created when the subcommand runs, so that
 * `--help` needs no configuration.
 */
export type DefineCommand = (command: Command, context: () => CommandContext) => void
