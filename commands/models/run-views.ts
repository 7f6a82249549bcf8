import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { scoredBy } from '../../composition/models/model-life-port.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { lineageOf } from '../../store/models/lineage.ts'
import { actsOfModel, liveBetween } from '../../store/models/model-acts.ts'
import { listModels, modelSummaryById } from '../../store/models/models.ts'
import { shadowComparisons } from '../../store/models/shadow-scores.ts'

export interface LineageOptions {
  readonly customer: string
  readonly task: string
  readonly subject?: string
  readonly until?: Date
}

/** Number of challengers that a comparison shows, the newest. */
const CHALLENGERS = 10

export async function show(here: CommandContext, id: string): Promise<void> {
  await withDatabase(here, 'models', async (database) => {
    const model = await modelSummaryById(database, id)
    if (model === undefined) throw new Error(`There is no model ${id}: \`models list\` shows the ids.`)
    here.print(JSON.stringify({ ...model, acts: await actsOfModel(database, id) }))
  })
}

export async function compare(here: CommandContext, task: string): Promise<void> {
  await withDatabase(here, 'models', async (database) => {
    const models = await listModels(database, task)
    if (models.length === 0) throw new Error(`There is no model of ${task}: \`models list\` shows the tasks.`)
    const shadows = new Map((await shadowComparisons(database, task)).map((one) => [one.modelId, one]))
    const live = models.filter(({ status }) => ['champion', 'canary', 'shadow'].includes(status))
    const challengers = models.filter(({ status }) => status === 'challenger').slice(0, CHALLENGERS)
    for (const { id, status, algorithm, metrics, canaryShare, gate, trainedAt, data } of [...live, ...challengers]) {
      const candidates = (data['candidates'] ?? []) as readonly {
        readonly modelId: string
        readonly lossBeyond?: unknown
      }[]
      here.print(
        JSON.stringify({
          ...{ id, status, algorithm, trainedAt, canaryShare, metrics, gate },
          lossBeyondBest: candidates.find(({ modelId }) => modelId === id)?.lossBeyond ?? null,
          selection: data['selection'] ?? null,
          shadow: shadows.get(id) ?? null,
        }),
      )
    }
  })
}

export async function lineage(here: CommandContext, { customer, task, subject, until }: LineageOptions): Promise<void> {
  const request = { customerId: customer, task, subjectId: subject, until }
  const found = await withDatabase(here, 'models', (database) => lineageOf(database, request))
  if (found === undefined) throw new Error(`${task} has no score of the customer ${customer} then.`)
  here.print(JSON.stringify(found))
}

export async function liveOn(
  here: CommandContext,
  day: Date,
  { task, customer }: { readonly task?: string; readonly customer?: string },
): Promise<void> {
  const end = new Date(day.getTime() + DAY_MS)
  const spans = await withDatabase(here, 'models', (database) => liveBetween(database, day, end, task))
  if (spans.length === 0) throw new Error(`No model was live on ${day.toISOString().slice(0, 10)}.`)
  for (const span of spans)
    here.print(
      JSON.stringify({ ...span, ...(customer === undefined ? {} : { scoredBy: scoredBy(span.live, customer) }) }),
    )
}
