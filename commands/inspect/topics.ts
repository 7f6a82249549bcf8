import type { DefineCommand } from '../define-command.ts'

export const defineTopics: DefineCommand = (command, context) => {
  command.action(async () => {
    const { ensureTopics } = await import('../../composition/kafka.ts')
    await ensureTopics(context())
  })
}
