import { InvalidArgumentError } from 'commander'
import type { DefineCommand } from '../define-command.ts'
import type { LineageOptions } from './run-views.ts'
import { isDate } from '../../schemas/iso-date.ts'

/** Defines the subcommands that show which models are live, and where scores come from. */
export const defineModelViews: DefineCommand = (models, context) => {
  const views = () => import('./run-views.ts')
  models
    .command('show')
    .description('show a model with the decision of its gate and what was done with it, as JSON')
    .argument('<id>', 'id of the model, from models list')
    .action(async (id: string) => (await views()).show(context(), id))
  models
    .command('compare')
    .description(
      'show the champion, the models on trial and the newest challengers of a task, one JSON object per line',
    )
    .argument('<task>', 'the task')
    .action(async (task: string) => (await views()).compare(context(), task))
  models
    .command('card')
    .description('write the card of a model: rows, quality by group, gate, acts, and what monitoring found, as HTML')
    .argument('<id>', 'id of the model, from models list')
    .requiredOption('--out <file>', 'HTML file to write')
    .action(async (id: string, { out }: { out: string }) =>
      (await import('./run-card.ts')).writeCard(context(), id, out),
    )
  models
    .command('monitor')
    .description('compare what the models in use see and give now with the rows that they learned from, as JSON')
    .argument('[task]', 'only this task')
    .action(async (task?: string) => (await import('./run-monitor.ts')).monitor(context(), task))
  models
    .command('lineage')
    .description('show where a score comes from: model, training rows, code version, and who put the model into use')
    .requiredOption('--customer <id>', 'the customer')
    .requiredOption('--task <name>', 'the task of the score')
    .option('--subject <id>', 'the opportunity or the customer that was scored; default: the last one')
    .option(
      '--until <time>',
      'the newest score up to this time, such as 2026-11-30T12:00:00Z; default: the newest',
      timeOf,
    )
    .action(async (options: LineageOptions) => (await views()).lineage(context(), options))
  models
    .command('live-on')
    .description('show the models that were live on a day, one JSON object per span of time')
    .argument('<date>', 'day in UTC, such as 2026-11-30', dayOf)
    .option('--task <name>', 'only this task')
    .option('--customer <id>', 'also say which of the models scored this customer')
    .action(async (day: Date, options: { readonly task?: string; readonly customer?: string }) =>
      (await views()).liveOn(context(), day, options),
    )
}

function timeOf(text: string): Date {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('It is no time.')
  return time
}

function dayOf(text: string): Date {
  if (!isDate(text)) throw new InvalidArgumentError('It is no day such as 2026-11-30.')
  return new Date(`${text}T00:00:00Z`)
}
