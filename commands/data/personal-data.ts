import type { DefineCommand } from '../define-command.ts'

interface Act {
  readonly by: string
  readonly reason: string
}

/** Defines `scoreline personal-data`: the same acts as in the API, with the same audit. */
export const definePersonalData: DefineCommand = (command, context) => {
  command
    .command('export')
    .description('write all that is known of a person, from every table and topic, one JSON object per line')
    .argument('<customer>', 'id of the person')
    .requiredOption('--out <file>', 'file to write, which must not exist')
    .requiredOption('--by <name>', 'name of the person who exports; kept in the audit trail')
    .requiredOption('--reason <text>', 'why; kept in the audit trail')
    .action(async (id: string, { out, ...act }: Act & { readonly out: string }) =>
      (await import('./run-personal-data.ts')).exportTo(context(), id, out, act),
    )
  command
    .command('erase')
    .description('erase people from state, topics that keep the latest, and tables, and say where they remain how long')
    .argument('[customers...]', 'ids of the people; unknown ones are no error')
    .option('--file <file>', 'a file with one id per line, besides those given')
    .option(
      '--refuse-days <days>',
      'days for which records about them are dropped; later ones are a new beginning',
      '30',
    )
    .requiredOption('--by <name>', 'name of the person who erases; kept in the audit trail')
    .requiredOption('--reason <text>', 'why; kept in the audit trail')
    .action(async (ids: readonly string[], flags: Act & { readonly file?: string; readonly refuseDays: string }) =>
      (await import('./run-personal-data.ts')).erase(context(), ids, flags),
    )
}
