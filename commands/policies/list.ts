import type { DefineCommand } from '../define-command.ts'

export const defineList: DefineCommand = (program, context) => {
  program
    .command('list')
    .description(
      'list versions, newest first, one JSON object per line: who activated it, why, and whether it is active or held',
    )
    .action(async () => (await import('./run-list.ts')).listPolicies(context()))
}
