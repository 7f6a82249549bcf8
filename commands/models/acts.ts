import { InvalidArgumentError } from 'commander'
import type { DefineCommand } from '../define-command.ts'
import type { Who } from './run-acts.ts'

const BY = ['--by <name>', 'name of the person responsible for the change; kept in the audit trail'] as const
const REASON = ['--reason <text>', 'reason; kept in the audit trail'] as const

/** Defines the subcommands that put models into use and take them back: the same as in the API. */
export const defineModelActs: DefineCommand = (models, context) => {
  const acting = () => import('./run-acts.ts')
  models
    .command('promote')
    .description('make a model the champion; running processors switch to it between two transactions')
    .argument('<id>', 'id of the model, from models list')
    .requiredOption(...BY)
    .requiredOption(...REASON)
    .action(async (id: string, who: Who) => (await acting()).promote(context(), id, who))
  models
    .command('try')
    .description('try a model beside the champion: as a shadow, or as a canary for a share of the customers')
    .argument('<id>', 'id of the model, from models list')
    .option('--canary <share>', 'share of the customers that it scores, such as 0.05; without it, a shadow', shareOf)
    .requiredOption(...BY)
    .requiredOption(...REASON)
    .action(async (id: string, { canary, ...who }: Who & { readonly canary?: number }) =>
      (await acting()).tryBeside(context(), id, canary, who),
    )
  models
    .command('withdraw')
    .description('end the trial of a model')
    .argument('<id>', 'id of the model, from models list')
    .requiredOption(...BY)
    .requiredOption(...REASON)
    .action(async (id: string, who: Who) => (await acting()).withdraw(context(), id, who))
  models
    .command('rollback')
    .description('return a task to an earlier champion, if it gives the same scores on kept rows as it did')
    .argument('<task>', 'the task')
    .option('--to <id>', 'the model to return to; default: the champion before this one')
    .requiredOption(...BY)
    .requiredOption(...REASON)
    .action(async (task: string, { to, ...who }: Who & { readonly to?: string }) =>
      (await acting()).rollBackTask(context(), task, to, who),
    )
  for (const [name, description] of [
    ['freeze', 'let the platform itself release and take back nothing for a task'],
    ['unfreeze', 'let the platform itself release models of a task again'],
  ] as const)
    models
      .command(name)
      .description(description)
      .argument('<task>', 'the task')
      .requiredOption(...BY)
      .requiredOption(...REASON)
      .action(async (task: string, who: Who) => (await acting()).freeze(context(), task, name === 'freeze', who))
}

function shareOf(text: string): number {
  const share = Number(text)
  if (!(share >= 0.001 && share <= 0.5)) throw new InvalidArgumentError('It must be between 0.001 and 0.5.')
  return share
}
