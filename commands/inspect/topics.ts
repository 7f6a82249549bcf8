import type { DefineCommand } from '../define-command.ts'
import { ensureTopics } from '../../composition/kafka.ts'

export const defineTopics: DefineCommand = (program, context) => {
  program
    .command('topics')
    .description(
      'create missing topics and update their settings; refuses topics whose partition count is not the configured one',
    )
    .action(async () => {
      await ensureTopics(context())
    })
}
