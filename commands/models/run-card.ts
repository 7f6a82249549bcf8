import { writeFileSync } from 'node:fs'
import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { modelCard } from '../../composition/models/model-card.ts'
import { backboneOf } from '../../composition/training/backbone.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'

/** Writes the card of a model to a file. */
export async function writeCard(here: CommandContext, id: string, out: string): Promise<void> {
  const runtimes = openScoringRuntimes({ backbone: backboneOf(here.config) })
  try {
    const card = await withDatabase(here, 'models', (database) => modelCard(database, id, runtimes))
    if (card === undefined) throw new Error(`There is no model ${id}: \`models list\` shows the ids.`)
    writeFileSync(out, card)
    here.print(`${out}: the card of ${id}`)
  } finally {
    await runtimes.close()
  }
}
