import { Type, type Static } from 'typebox'
import { hasCustomersFrom } from '../../store/customers/names.ts'
import { newestScoreAt } from '../../store/models/scores.ts'
import { ageSeconds, GAPS_DAYS, type Freshness } from './freshness.ts'
import type { ApiPorts } from '../ports.ts'
import { Part } from './readiness.ts'
import { nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const StreamStats = Type.Object({
  eventsPerSecond: Type.Number(),
  scoresPerSecond: Type.Number(),
  lag: Type.Integer({ description: 'Records written and not yet processed.' }),
  latencyMsMedian: nullable(
    Type.Number(),
    'Time from the write of a record to the commit of its results; null if nothing was committed recently.',
  ),
  latencyMsP99: nullable(Type.Number()),
  tasks: Type.Integer(),
  deadLetters: Type.Integer({ description: 'Since the process started.' }),
  duplicates: Type.Integer({
    description:
      'Events dropped as duplicates by id since the process started, counted by each processor that reads them.',
  }),
})

const Status = Type.Object({
  simulation: Type.Union(
    [
      Type.Object({
        now: nullable(Time, 'The simulated time; null if nothing has happened in the simulation yet.'),
        speed: nullable(
          Type.Number(),
          'Speed relative to the wall clock; null if the simulator runs in another process.',
        ),
      }),
      Type.Null(),
    ],
    { description: 'null if the data has no simulated customers, so that times are wall-clock times.' },
  ),
  stream: Type.Union([StreamStats, Type.Null()], {
    description: 'null if the processors run in another process; see its metrics.',
  }),
  sink: Type.Object({
    asOf: nullable(
      Time,
      'Everything published up to this time is in the database; null if the sink has not reported yet.',
    ),
    ageSeconds: nullable(Type.Integer()),
  }),
  globals: Type.Object({
    asOf: Type.String({
      format: 'date-time',
      description: 'Releases, policies, thresholds and dictionaries are known up to this time.',
    }),
    ageSeconds: Type.Integer(),
  }),
  gaps: Type.Object(
    { count: Type.Integer(), offsets: Type.Integer() },
    { description: `Records of the last ${GAPS_DAYS} days that were deleted before they were read; see /gaps.` },
  ),
  parts: Type.Array(Part),
  tasks: Type.Array(
    Type.Object({
      task: Type.String(),
      modelId: nullable(Type.String()),
      algorithm: nullable(Type.String()),
      absent: nullable(Type.String(), 'Why the task is not scored, if it has no model.'),
    }),
  ),
})

/** How long "no simulated customer" is cached; the opposite is cached for good. */
const NOT_SIMULATED_KEPT_MS = 10_000

/** Route for the status summary that the dashboard's top bar shows. */
export function statusRoute(server: Server, ports: ApiPorts, freshness: () => Promise<Freshness>): void {
  const { database, metrics, tasks, model: modelOf, readiness, simulatedClock } = ports
  let simulated = false
  let askedAt = -Infinity

  async function isSimulated(): Promise<boolean> {
    if (simulated || performance.now() - askedAt < NOT_SIMULATED_KEPT_MS) return simulated
    askedAt = performance.now()
    return (simulated = await hasCustomersFrom(database, 'simulator'))
  }

  /** If the simulator runs in another process, the newest score gives the simulated time. */
  async function simulation(): Promise<Static<typeof Status>['simulation']> {
    const clock = simulatedClock()
    if (clock !== undefined) return { now: new Date(clock.now).toISOString(), speed: clock.speed }
    if (!(await isSimulated())) return null
    return { now: (await newestScoreAt(database))?.toISOString() ?? null, speed: null }
  }

  async function freshnessFields(): Promise<Pick<Static<typeof Status>, 'sink' | 'globals' | 'gaps'>> {
    const { sinkAsOf: asOf, gaps } = await freshness()
    const globals = ports.globalsAsOf()
    return {
      sink: { asOf: asOf?.toISOString() ?? null, ageSeconds: asOf === undefined ? null : ageSeconds(asOf) },
      globals: { asOf: new Date(globals).toISOString(), ageSeconds: ageSeconds(globals) },
      gaps,
    }
  }

  server.get(
    '/status',
    {
      config: { access: 'operate' },
      schema: { tags: ['operations'], summary: 'Status summary', response: { 200: Status } },
    },
    async () => ({
      ...(await freshnessFields()),
      simulation: await simulation(),
      stream: metrics.recent() ?? null,
      parts: (await readiness()).map((part) => ({ ...part, warning: part.warning ?? null })),
      tasks: tasks.map(({ name: task }) => {
        const model = modelOf(task)
        if (typeof model === 'string') return { task, modelId: null, algorithm: null, absent: model }
        return { task, modelId: model.id, algorithm: model.algorithm, absent: null }
      }),
    }),
  )
}
