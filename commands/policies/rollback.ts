import type { DefineCommand } from '../define-command.ts'

export const defineRollback: DefineCommand = (program, context) => {
  program
    .command('rollback')
    .description('reactivate the policy that was active before the newest version')
    .requiredOption('--by <name>', 'name of the person responsible for the change; kept in the audit trail')
    .requiredOption('--reason <text>', 'reason; kept in the audit trail')
    .action(async (who: { readonly by: string; readonly reason: string }) =>
      (await import('./run-rollback.ts')).rollBack(context(), who),
    )
}
