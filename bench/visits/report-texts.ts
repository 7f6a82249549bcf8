import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { persuasion4good } from '../../importers/persuasion4good.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import type { Visit } from '../../schemas/visits/visits.ts'

const folder = resolve(process.env['SCORELINE_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data'))

/** Public texts used as reports: Chinese reviews, and turns of English talks. */
export interface ReportTexts {
  readonly name: string
  read(): Promise<string[] | undefined>
}

export const reportTexts: readonly ReportTexts[] = [
  {
    name: 'zh_online_shopping',
    async read() {
      const file = resolve(folder, 'zh_online_shopping/dev_7cats.csv.gz')
      if (!existsSync(file)) return undefined
      const { columns, count } = await readTable(file)
      const { cells, codes } = columns.find(({ name }) => name === 'review')!
      return Array.from({ length: count }, (_, row) => cells[codes[row]!]!)
    },
  },
  {
    name: 'persuasion4good',
    async read() {
      const directory = resolve(folder, 'persuasion4good')
      if (!existsSync(directory)) return undefined
      const talks = new Map<string, string[]>()
      for await (const { topic, event } of persuasion4good.read(directory)) {
        if (topic !== 'visits') continue
        const { opportunityId, text } = event as Visit
        talks.set(opportunityId, [...(talks.get(opportunityId) ?? []), text])
      }
      // A turn is shorter than a report, so four of them form one.
      return [...talks.values()].flatMap((turns) =>
        Array.from({ length: Math.ceil(turns.length / 4) }, (_, i) => turns.slice(4 * i, 4 * i + 4).join(' ')),
      )
    },
  },
]
