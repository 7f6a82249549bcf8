import type { DefineCommand } from '../define-command.ts'

/** Defines `scoreline archive`, which copies what the topics hold to the archive before retention deletes it. */
export const defineArchive: DefineCommand = (command, context) => {
  command
    .option('--once', 'archive everything that there is now, print what was written as JSON, and end', false)
    .action(async ({ once }: { readonly once: boolean }) =>
      (await import('./run-archive.ts')).runArchive(context(), once),
    )
}
