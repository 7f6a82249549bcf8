import { resolve } from 'node:path'
import type { DefineCommand } from '../define-command.ts'

export const defineBackup: DefineCommand = (command, context) => {
  command
    .requiredOption('--to <folder>', 'new or empty folder for the backup')
    .action(async ({ to }: { readonly to: string }) => {
      const { backUp } = await import('../../composition/backup/backup.ts')
      await backUp(context(), resolve(to))
    })
}
