import { InvalidArgumentError } from 'commander'
import type { DefineCommand } from '../define-command.ts'
import { CANDIDATE } from './policy-arguments.ts'
import type { BacktestOptions } from './run-backtest.ts'

export const defineBacktest: DefineCommand = (program, context) => {
  program
    .command('backtest')
    .description(
      'compare a policy with the active one on past visits: new, vanished and unchanged flags; changes nothing',
    )
    .argument('<policy>', CANDIDATE)
    .option('--days <count>', 'days up to the newest visit', wholeNumber, 30)
    .option(
      '--visits <count>',
      'read at most this many of the newest visits; each takes 3 kB of memory',
      wholeNumber,
      200_000,
    )
    .option('--json <file>', 'write the whole report, with days, salespeople and examples, to this file')
    .action(async (named: string, options: BacktestOptions) =>
      (await import('./run-backtest.ts')).backtestPolicy(context(), named, options),
    )
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.')
  return Number(text)
}
