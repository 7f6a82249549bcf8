import { LOAN_DEMAND_THRESHOLD } from '../processors/loan-demand.ts'
import { processors } from '../processors/processors.ts'
import { RECOMMENDATION_THRESHOLD } from '../processors/recommended.ts'
import { setThreshold, thresholdVersions } from '../store/thresholds.ts'
import type { DefineCommand } from './context.ts'
import { withDatabase } from './migrate.ts'

/** In force as long as nobody has set another one. */
export const deliveredThresholds: ReadonlyMap<string, number> = new Map([
  ['loan-demand', LOAN_DEMAND_THRESHOLD],
  ['recommendation', RECOMMENDATION_THRESHOLD],
])

/** The same thresholds as the API's, with the same record of who changed what. */
export const defineThresholds: DefineCommand = (program, context) => {
  const command = program.command('thresholds').description('from which probability on tasks act: as it is, or changed')
  command
    .command('list')
    .description('one JSON object a task: the threshold in force, and who set it when')
    .action(async () => {
      const here = context()
      await withDatabase(here, 'thresholds', async (database) => {
        for (const [task, delivered] of deliveredThresholds) {
          const [newest] = await thresholdVersions(database, task)
          here.print(JSON.stringify(newest ?? { task, version: 0, value: delivered, changedBy: null, changedAt: null }))
        }
      })
    })
  command
    .command('set')
    .description('change a threshold; running processors take it up between two transactions')
    .argument('<task>', [...deliveredThresholds.keys()].join(', '))
    .argument('<value>', 'from 0 to 1')
    .requiredOption('--by <name>', 'who answers for the change: it is kept on record')
    .action(async (task: string, text: string, { by }: { by: string }) => {
      const here = context()
      const value = thresholdOf(text)
      requireThreshold(task)
      const changedBy = by.trim()
      if (changedBy === '' || changedBy.length > 200)
        throw new Error('--by must name who answers for the change, in 1 to 200 characters.')
      const set = await withDatabase(here, 'thresholds', async (database) => {
        const [newest] = await thresholdVersions(database, task)
        return setThreshold(database, { task, value, changedBy, expectedVersion: newest?.version ?? 0 })
      })
      here.print(JSON.stringify(set))
    })
}

function requireThreshold(task: string): void {
  if (deliveredThresholds.has(task)) return
  const what = processors.some((processor) => processor.task === task) ? 'acts on no threshold' : 'does not exist'
  throw new Error(
    `The task ${JSON.stringify(task)} ${what}. Those with a threshold: ${[...deliveredThresholds.keys()].join(', ')}.`,
  )
}

function thresholdOf(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= 0 && value <= 1) return value
  throw new Error(`A threshold is a number from 0 to 1, and ${JSON.stringify(text)} is none.`)
}
