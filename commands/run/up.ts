import type { DefineCommand } from '../define-command.ts'

/**
 * Defines `scoreline up`, which `npm start` runs: everything in one process, with embedded services unless configured.
 */
export const defineUp: DefineCommand = (command, context) => {
  command
    .option(
      '--wipe',
      'first delete the data of the embedded broker and database, the local state and the simulated world',
    )
    .action(async (options: { readonly wipe?: boolean }) => (await import('./run-up.ts')).runUp(context(), options))
}
