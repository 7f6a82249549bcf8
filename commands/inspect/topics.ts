import type { DefineCommand } from '../define-command.ts'
import { ensureTopics } from '../../composition/kafka.ts'

export const defineTopics: DefineCommand = (program, context) => {
  program
    .command('topics')
    .description(
      'create the topics that are missing and adapt their settings; refuses other partition counts than the configured one',
    )
    .action(async () => {
      await ensureTopics(context())
    })
}
