import { Type } from 'typebox'
import { hasCustomersFrom } from '../store/names.ts'
import type { ApiPorts } from './ports.ts'
import { Part } from './readiness.ts'
import { nullable } from './schema-parts.ts'
import type { Server } from './server.ts'

const Moment = Type.Object({
  eventsPerSecond: Type.Number(),
  scoresPerSecond: Type.Number(),
  lag: Type.Integer({ description: 'Records written and not yet taken.' }),
  latencyMsMedian: nullable(Type.Number(), 'From the write of a record to the commit of what came of it; null: nothing of late.'),
  latencyMsP99: nullable(Type.Number()),
  tasks: Type.Integer(),
  deadLetters: Type.Integer({ description: 'Since the process started.' }),
  duplicates: Type.Integer({ description: 'Since the process started.' }),
})

const Status = Type.Object({
  simulated: Type.Boolean({ description: 'Customers of the simulated world are among the data.' }),
  stream: Type.Union([Moment, Type.Null()], { description: 'null: the processors run in another process; see its metrics.' }),
  parts: Type.Array(Part),
  tasks: Type.Array(
    Type.Object({
      task: Type.String(),
      modelId: nullable(Type.String()),
      algorithm: nullable(Type.String()),
      absent: nullable(Type.String(), 'Why nothing is scored.'),
    }),
  ),
})

const SIMULATED_KEPT_MS = 10_000

/** The moment in one look: what the page shows on top. */
export function statusRoute(server: Server, { database, metrics, tasks, model: modelOf, readiness }: ApiPorts): void {
  let simulated: { readonly value: boolean; readonly at: number } | undefined

  async function isSimulated(): Promise<boolean> {
    const now = performance.now()
    if (simulated === undefined || now - simulated.at > SIMULATED_KEPT_MS) {
      simulated = { value: await hasCustomersFrom(database, 'simulator'), at: now }
    }
    return simulated.value
  }

  server.get(
    '/status',
    { schema: { tags: ['operations'], summary: 'The moment in one look', response: { 200: Status } } },
    async () => ({
      simulated: await isSimulated(),
      stream: metrics.recent() ?? null,
      parts: (await readiness()).map((part) => ({ ...part })),
      tasks: tasks.map(({ name: task }) => {
        const model = modelOf(task)
        if (typeof model === 'string') return { task, modelId: null, algorithm: null, absent: model }
        return { task, modelId: model.id, algorithm: model.algorithm, absent: null }
      }),
    }),
  )
}
