/** A migrated, empty database for each test of a file, and the events that tests write to it. */
import { firstOutcome, type Outcome } from '../../schemas/models/outcomes.ts'
import { MINUTE_MS } from '../../schemas/durations.ts'
import type { Alert } from '../../schemas/customers/alerts.ts'
import type { Assessment } from '../../schemas/visits/assessments.ts'
import type { Score } from '../../schemas/models/scores.ts'
import type { Topic } from '../../schemas/topic.ts'
import { reportOnly, type Opportunity, type Visit } from '../../schemas/visits/visits.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { applyBatch, type SinkReport } from '../../store/sink/sink.ts'
import { writerOf } from '../../subjects/subjects.ts'
import { migratedDatabase } from '../support/services.ts'

export interface StoreUnderTest {
  readonly url: string
  readonly database: Database
}

/** Call this at the top of a test file; the object is set up again before each test. */
export function storeUnderTest(): StoreUnderTest {
  const store = {} as { url: string; database: Database }
  let drop: () => Promise<void>
  beforeEach(async () => {
    const fresh = await migratedDatabase()
    store.url = fresh.url
    drop = fresh.drop
    store.database = openDatabase({ url: fresh.url, poolMax: 4 })
  })
  afterEach(async () => {
    await store.database.destroy()
    await drop()
  })
  return store
}

/** Returns the sink’s next offset of each topic for the partition. */
export async function positionsOf(database: Database, partition: number): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .selectFrom('sink_positions')
    .select(['topic', 'nextOffset'])
    .where('partition', '=', partition)
    .execute()
  return new Map(rows.map(({ topic, nextOffset }) => [topic, nextOffset]))
}

/** Writes the values as the sink does: as the next batch of that partition. */
export async function put<T>(
  database: Database,
  topic: Topic<T>,
  values: readonly T[],
  partition = 0,
): Promise<SinkReport> {
  const from = (await positionsOf(database, partition)).get(topic.name) ?? 0
  const events = values.map((value, index) => ({ key: topic.keyOf(value), value, offset: from + index }))
  return applyBatch(database, writerOf(topic as Topic), {
    topic: topic.name,
    partition,
    from,
    to: from + events.length,
    events,
  })
}

export async function count(database: Database, table: string, where = 'true'): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*) from ${table} where ${where}`)
  return rows[0]!.count
}

export const START = Date.UTC(2026, 7, 31, 23, 59)

/** Returns the n-th score of opportunity o1, a minute after the previous one. */
export const scoreOf = (number: number, changes: Partial<Score> = {}): Score => ({
  id: `s${number}`,
  occurredAt: START + number * MINUTE_MS,
  source: 'test',
  task: 'conversion',
  subjectId: 'o1',
  customerId: 'c1',
  opportunityId: 'o1',
  salespersonId: 'p1',
  visitCount: number,
  probability: number / 10,
  modelId: 'm',
  absent: null,
  featureSet: 'visits@1',
  row: [1.5, Number.NaN, -2],
  text: `visit ${number}`,
  lineTimes: [START - number],
  inputTopic: 'visits',
  inputPartition: 0,
  inputOffset: number,
  featuresId: null,
  propensity: null,
  acted: null,
  ...changes,
})

export const visitOf = (number: number, changes: Partial<Visit> = {}): Visit => ({
  id: `v${number}`,
  occurredAt: START + number * MINUTE_MS,
  source: 'test',
  visitId: `v${number}`,
  revision: 0,
  withdrawn: false,
  opportunityId: 'o1',
  customerId: 'c1',
  salespersonId: 'p1',
  text: `visit ${number}`,
  ...reportOnly,
  ...changes,
})

export const opportunityOf = (opportunityId: string, changes: Partial<Opportunity> = {}): Opportunity => ({
  id: `opportunity/${opportunityId}`,
  occurredAt: START,
  source: 'test',
  opportunityId,
  revision: 0,
  customerId: 'c1',
  salespersonId: 'p1',
  teamId: 't1',
  product: 'loan',
  stage: 'sale',
  status: 'open',
  valueMinor: 2 ** 40,
  currency: 'CNY',
  plannedCloseAt: null,
  ...changes,
})

export const assessmentOf = (number: number, changes: Partial<Assessment> = {}): Assessment => ({
  id: `a${number}`,
  occurredAt: START + number * MINUTE_MS,
  source: 'test',
  opportunityId: 'o1',
  customerId: 'c1',
  salespersonId: 'p1',
  verdict: 'invalid',
  reasons: [{ code: 'MANY_VISITS', text: 'five' }],
  visitCount: number,
  probability: 0.1,
  policyVersion: 0,
  ...changes,
})

export const alertOf = (number: number, changes: Partial<Alert> = {}): Alert => ({
  id: `l${number}`,
  occurredAt: START + number * MINUTE_MS,
  source: 'test',
  kind: 'invalid-visits',
  customerId: 'c1',
  subjectId: 'o1',
  raised: true,
  text: 'five visits',
  probability: 0.1,
  threshold: null,
  reasons: [],
  ...changes,
})

export const outcomeOf = (id: string, changes: Partial<Outcome> = {}): Outcome => ({
  id,
  occurredAt: START + 60 * MINUTE_MS,
  source: 'test',
  customerId: 'c1',
  task: 'conversion',
  subjectId: 'o1',
  value: 1,
  asOf: null,
  ...firstOutcome,
  ...changes,
})
