import type { KafkaClient } from '../kafka/client.ts'
import { codecOf } from '../schemas/codec.ts'
import type { Registry } from '../schemas/registry.ts'
import { assessments, customerFeatures, priorities, scores, type Score } from '../schemas/scoring.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Database } from '../store/database.ts'
import { lookAtServed, type Served } from '../store/served.ts'
import type { Naming } from '../streams/naming.ts'
import { readTopicPartition } from '../streams/read-partition.ts'
import { DIFFERENCES_MAX, type Difference } from '../streams/verify-report.ts'

export interface DatabaseVerification {
  readonly compared: number
  readonly different: number
  readonly tables: Readonly<Record<string, { readonly compared: number; readonly different: number }>>
  readonly differences: readonly Difference[]
}

export interface VerifyDatabaseOptions {
  readonly database: Database
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly partitionCountOf: (topic: string) => number
  /** Scores of an earlier event time may have been dropped, ms. */
  readonly scoresKeptSince: number
}

const ROWS_PER_QUERY = 1_000

/**
 * Compares what the topics say with what the database holds, as far as the sink has come: each score of the history, and the last word on each customer's
 * features, each assessment and each priority list. The sink may go on meanwhile: all is read from one snapshot.
 */
export function verifyDatabase(options: VerifyDatabaseOptions): Promise<DatabaseVerification> {
  const tables: Record<string, { compared: number; different: number }> = {}
  const differences: Difference[] = []
  const compare = (table: string, id: string, expected: unknown, got: unknown) => {
    const count = (tables[table] ??= { compared: 0, different: 0 })
    count.compared++
    if (canonical(expected) === canonical(got)) return
    count.different++
    if (differences.length < DIFFERENCES_MAX)
      differences.push({ place: `table ${table}: ${id}`, expected: shown(expected), got: shown(got) })
  }
  return lookAtServed(options.database, async (served) => {
    await compareScores(options, served, compare)
    await compareLast(options, served, customerFeatures, async (last) => {
      for (const [id, values] of await inChunks([...last.keys()], served.features))
        compare('customers', id, last.get(id)!.values, values?.map(Math.fround))
    })
    await compareLast(options, served, assessments, async (last) => {
      for (const [id, row] of await inChunks([...last.keys()], served.assessments)) {
        const { id: assessment, verdict } = last.get(id)!
        compare('assessments', id, { id: assessment, verdict }, row)
      }
    })
    await compareLast(options, served, priorities, async (last) => {
      const rows = await served.priorities()
      for (const [id, { entries, openCount }] of last)
        compare('priorities', id, { entries: plain(entries), openCount }, rows.get(id))
    })
    const sum = (name: 'compared' | 'different') => Object.values(tables).reduce((total, count) => total + count[name], 0)
    return { compared: sum('compared'), different: sum('different'), tables, differences }
  })
}

type Compare = (table: string, id: string, expected: unknown, got: unknown) => void

async function compareScores(options: VerifyDatabaseOptions, served: Served, compare: Compare): Promise<void> {
  let chunk = new Map<string, Score>()
  const settle = async () => {
    const rows = await served.scoreHistory([...chunk.values()])
    for (const [id, { probability, row }] of chunk) {
      const got = rows.get(id)
      compare('score_history', id, { probability, row }, got && { ...got, row: got.row.map(Math.fround) })
    }
    chunk = new Map()
  }
  for await (const score of sunkEvents<Score>(options, served, scores)) {
    // Of one that was published twice by a repeated sweep, the first stays.
    if (score.occurredAt >= options.scoresKeptSince && !chunk.has(score.id)) chunk.set(score.id, score)
    if (chunk.size >= ROWS_PER_QUERY) await settle()
  }
  if (chunk.size > 0) await settle()
}

async function compareLast<Event>(
  options: VerifyDatabaseOptions,
  served: Served,
  topic: Topic<Event>,
  settle: (last: ReadonlyMap<string, Event>) => Promise<void>,
): Promise<void> {
  const last = new Map<string, Event>()
  for await (const event of sunkEvents<Event>(options, served, topic)) last.set(topic.keyOf(event), event)
  if (last.size > 0) await settle(last)
}

/** What the sink has written of a topic, in order of partition and offset. */
async function* sunkEvents<Event>(
  { client, naming, registry, partitionCountOf }: VerifyDatabaseOptions,
  { positions }: Served,
  topic: Topic<Event>,
): AsyncGenerator<Event> {
  const name = naming.topic(topic as Topic)
  const codec = codecOf(topic, registry)
  for (const partition of Array(partitionCountOf(name)).keys()) {
    const end = positions.get(`${name}/${partition}`) ?? 0
    for await (const { batch, index } of readTopicPartition(client, { topic: name, partition })) {
      if (batch.offsets[index]! >= end) break
      const start = batch.valueStarts[index]!
      const length = batch.valueLengths[index]!
      if (length >= 0) yield codec.decode(batch.bytes, start, start + length)
    }
  }
}

async function inChunks<Value>(
  keys: readonly string[],
  query: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Promise<[string, Value | undefined][]> {
  const found: [string, Value | undefined][] = []
  for (let from = 0; from < keys.length; from += ROWS_PER_QUERY) {
    const chunk = keys.slice(from, from + ROWS_PER_QUERY)
    const rows = await query(chunk)
    for (const key of chunk) found.push([key, rows.get(key)])
  }
  return found
}

/** As it comes out of a column of JSON. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** Text in which NaN differs from null, and −0 does not from 0. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  )
}

function shown(value: unknown): string {
  const text = canonical(value) ?? 'no row'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
