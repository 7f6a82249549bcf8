/**
 * What each processor makes of two customers who are one: the rows of one customer with the events of both. Each one
 * whose keys are customers must say how their state merges.
 */
import { readFileSync } from 'node:fs'
import { processors, topicNamed } from '../../subjects/subjects.ts'
import { unitHash } from '../../features/string-hash.ts'
import type { Processor } from '../../processors/processor.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import type { MovedRecord } from '../../schemas/platform/customer-merges.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { joinArrived, keepPiece } from '../../streams/merging/arrive.ts'
import { isKeyedByCustomer, leave } from '../../streams/merging/leave.ts'
import { renamedIn } from '../../schemas/platform/renamed-in.ts'
import { noGlobals } from '../../streams/replay/replay.ts'
import { memoryStore } from '../../streams/state/memory-store.ts'
import { createTaskState, type TaskState } from '../../streams/state/task-state.ts'
import { createBatchProcessor } from '../../streams/task/batch.ts'
import { expectSameRow } from '../features/random-events.ts'

const [FORMER, CUSTOMER] = ['former/1', 'customer-1']
const MERGE = {
  id: 'm',
  occurredAt: 1,
  source: 'test',
  customerId: FORMER,
  into: CUSTOMER,
  reason: '',
  changedBy: null,
}

interface Owned {
  readonly topic: Topic
  readonly event: Envelope
}

const byCustomer = processors.filter(isKeyedByCustomer)
const sample: Owned[] = readFileSync(new URL('./sample-events.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .flatMap((line) => {
    const { topic: name, event } = JSON.parse(line) as { topic: string; event: unknown }
    const topic = topicNamed(name)!
    const read = fromJson(topic, event)
    return read.ok ? [{ topic, event: named(read.value as Envelope, CUSTOMER) }] : []
  })

function named(event: Envelope, id: string): Envelope {
  const { customerId } = event as Envelope & { readonly customerId?: string }
  return customerId === undefined ? event : renamedIn(event, customerId, id)
}

/** Whatever belongs together belongs to one of the two customers. */
function ownerOf(event: Envelope): string {
  const { visitId, callId, opportunityId, id } = event as unknown as Readonly<Record<string, string | null | undefined>>
  return unitHash(opportunityId ?? callId ?? visitId ?? id!) < 0.5 ? FORMER : CUSTOMER
}

const stateOf = (processor: Processor) => createTaskState(memoryStore(), processor, { cachedRecordsMax: 100_000 })

async function fold(processor: Processor, state: TaskState, events: readonly Owned[]): Promise<Message[]> {
  const messages: Message[] = []
  const topics = new Set(processor.inputs.map(({ topic }) => topic as Topic))
  const arrivals = events.flatMap(({ topic, event }, offset) =>
    topics.has(topic) ? [{ kind: 'event' as const, topic, partition: 0, offset, key: topic.keyOf(event), event }] : [],
  )
  await createBatchProcessor(processor).run(state, arrivals, noGlobals, (message) => void messages.push(message))
  state.commit()
  return messages
}

/** Moves the state of the former customer as two tasks do, here in one state. */
function merge(processor: Processor, state: TaskState): MovedRecord[] {
  const pieces: MovedRecord[] = []
  leave(processor, state, MERGE, 'm', ({ value }) => value !== null && pieces.push(value as MovedRecord))
  for (const piece of pieces) keepPiece(processor, state, piece)
  if (pieces.length > 0) joinArrived(processor, state, pieces.at(-1)!)
  state.commit()
  return pieces
}

function rowsOf(processor: Processor, state: TaskState): Map<string, Float64Array> {
  const keyed = state.keyedState(CUSTOMER)
  const rows = new Map<string, Float64Array>()
  for (const subject of processor.subjects(keyed)) {
    const row = new Float32Array(processor.features.names.length).fill(Number.NaN)
    if (processor.row(keyed, subject, row) !== undefined) rows.set(subject, Float64Array.from(row))
  }
  return rows
}

const published: Owned[] = []
/** Processors whose former customer had anything to decide on. */
const moved: string[] = []

test.each(byCustomer.map((processor) => [processor.name, processor] as const))(
  '%s: says how its state merges, and two customers merged are one with the events of both',
  async (_name, processor) => {
    expect(processor.state.length === 0 || processor.merge !== undefined).toBe(true)
    const events = [...sample, ...published]
    const one = stateOf(processor)
    for (const { topic, value } of await fold(processor, one, events))
      if (value !== null) published.push({ topic, event: value as Envelope })

    const two = stateOf(processor)
    await fold(
      processor,
      two,
      events.map(({ topic, event }) => ({ topic, event: named(event, ownerOf(event)) })),
    )
    const before = two.keyedState(FORMER)
    const had = [...processor.subjects(before)].length
    const pieces = merge(processor, two)
    expect([...processor.subjects(two.keyedState(FORMER))]).toEqual([])
    if (had > 0) {
      expect(pieces.length).toBeGreaterThan(0)
      moved.push(processor.name)
    }
    const [wanted, rows] = [rowsOf(processor, one), rowsOf(processor, two)]
    expect([...rows.keys()].sort()).toEqual([...wanted.keys()].sort())
    for (const [subject, row] of rows)
      expectSameRow(row.map(Math.fround), wanted.get(subject)!.map(Math.fround), processor.features.names)
  },
)

test('the sample has subjects of most processors', () => {
  expect(moved.length).toBeGreaterThanOrEqual(9)
})
