import type { DefineCommand } from '../define-command.ts'
import { CANDIDATE } from './policy-arguments.ts'
import type { ActivateOptions } from './run-activate.ts'

export const defineActivate: DefineCommand = (program, context) => {
  program
    .command('activate')
    .description(
      'activate a policy, after a trial on past visits; running processors apply it between two transactions',
    )
    .argument('<policy>', CANDIDATE)
    .requiredOption('--by <name>', 'name of the person responsible for the change; kept in the audit trail')
    .requiredOption('--reason <text>', 'reason; kept in the audit trail')
    .option(
      '--force',
      'activate it even if it flags a larger share of a day than its limit allows; kept in the audit trail',
      false,
    )
    .action(async (named: string, options: ActivateOptions) =>
      (await import('./run-activate.ts')).activateNamed(context(), named, options),
    )
}
