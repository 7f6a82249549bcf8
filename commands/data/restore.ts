import { resolve } from 'node:path'
import type { DefineCommand } from '../define-command.ts'

export const defineRestore: DefineCommand = (command, context) => {
  command
    .requiredOption('--from <folder>', 'folder that `scoreline backup` has written')
    .action(async ({ from }: { readonly from: string }) => {
      const { restore } = await import('../../composition/backup/restore.ts')
      await restore(context(), resolve(from))
    })
}
