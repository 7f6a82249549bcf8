import type { DefineCommand } from '../define-command.ts'

export const defineProcessors: DefineCommand = (command, context) => {
  command
    .option('--only <names>', 'only these processors, separated by commas')
    .action(async ({ only }: { only?: string }) => (await import('./run-processors.ts')).runProcessors(context(), only))
}
