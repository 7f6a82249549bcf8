import type { DefineCommand } from '../define-command.ts'

export const defineExtensions: DefineCommand = (command, context) => {
  command
    .command('check')
    .description('check the extension of SCORELINE_EXTENSIONS against its last release, and list what it adds')
    .action(async () => (await import('./check-extension.ts')).checkExtension(context()))
  command
    .command('release')
    .description('write what stored data depend on to released.json; refuses changes that they do not allow')
    .action(async () => (await import('./check-extension.ts')).writeRelease(context()))
}
