import type { DefineCommand } from '../define-command.ts'
import type { DeadLetterFilter } from './list-dead-letters.ts'

/** Defines `scoreline dead-letters`, which lists dead letters or resends them to their topics. */
export const defineDeadLetters: DefineCommand = (command, context) => {
  const filtered = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option('--id <id>', 'only the dead letter with this id')
      .option('--processor <name>', 'only from this processor')
      .option('--topic <name>', 'only from this topic')
      .option('--code <code>', 'only with this error code')

  filtered('list', 'list dead letters, one JSON object per line, with keys and values in base64').action(
    async (filter: DeadLetterFilter) => (await import('./list-dead-letters.ts')).listDeadLetters(context(), filter),
  )
  filtered(
    'replay',
    'send the records to their topics again, each once; events that were processed after all are dropped as duplicates by id',
  ).action(async (filter: DeadLetterFilter) =>
    (await import('./list-dead-letters.ts')).replayDeadLetters(context(), filter),
  )
}
