import { listHolds, releaseHold } from '../../store/models/label-holds.ts'
import { withDatabase } from '../../composition/database.ts'
import { requireText } from '../audit-fields.ts'
import type { DefineCommand } from '../define-command.ts'
import { wholeNumber } from './option-values.ts'

/** Defines `models holds` and `models release-labels`: the same as `/label-holds` of the API. */
export const defineLabelHolds: DefineCommand = (command, context) => {
  command
    .command('holds')
    .description('list labels that are held for a person, one JSON object per line, newest first')
    .option('--task <name>', 'only labels of this task')
    .option('--limit <number>', 'how many', wholeNumber(1), 50)
    .action(async ({ task, limit }: { task?: string; limit: number }) => {
      const here = context()
      const holds = await withDatabase(here, 'models', (database) =>
        listHolds(database, { task, released: false }, { limit }),
      )
      for (const hold of holds) here.print(JSON.stringify(hold))
    })
  command
    .command('release-labels')
    .description('release held labels: the next training learns from them')
    .argument('<id>', 'id of the hold, from models holds', wholeNumber(1))
    .requiredOption('--name <name>', 'name of the person who releases them; kept with the hold')
    .requiredOption('--reason <text>', 'reason; kept with the hold')
    .action(async (id: number, options: { name: string; reason: string }) => {
      const here = context()
      const by = requireText(options.name, '--name must name the person who releases the labels', 200)
      const reason = requireText(options.reason, '--reason must give the reason', 1_000)
      const released = await withDatabase(here, 'models', (database) => releaseHold(database, id, { by, reason }))
      if (released === undefined) throw new Error(`No labels are held under the id ${id}: \`models holds\` lists them.`)
      here.print(JSON.stringify(released))
    })
}
