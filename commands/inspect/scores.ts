import type { DefineCommand } from '../define-command.ts'

/** Defines `scoreline scores`. */
export const defineScores: DefineCommand = (command, context) => {
  command
    .command('replay <id>')
    .description(
      'compute a score of the past again, with the state, records, models and settings of its time, and compare the bytes',
    )
    .option('--json', 'print one JSON object', false)
    .action(async (id: string, { json }: { readonly json: boolean }) =>
      (await import('./replay-score.ts')).printReplayedScore(context(), id, json),
    )
}
