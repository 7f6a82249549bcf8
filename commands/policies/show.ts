import type { DefineCommand } from '../define-command.ts'

export const defineShow: DefineCommand = (program, context) => {
  program
    .command('show')
    .description('show a policy as JSON, to edit and try; default: the active one')
    .argument('[version]', 'number of a version; 0 for the built-in policy')
    .action(async (version: string | undefined) => (await import('./run-show.ts')).showPolicy(context(), version))
}
