import type { DefineCommand } from './context.ts'
import { ensureTopics } from './kafka.ts'

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
