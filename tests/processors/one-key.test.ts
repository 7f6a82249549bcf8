import { readFileSync } from 'node:fs'
import { processors, topicNamed } from '../../subjects/subjects.ts'
import type { Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { memoryStore } from '../../streams/state/memory-store.ts'
import { noGlobals } from '../../streams/replay/replay.ts'
import type { Arrival } from '../../streams/task/fold-batch.ts'
import { createBatchProcessor } from '../../streams/task/batch.ts'
import { createTaskState } from '../../streams/state/task-state.ts'

const ROUNDS = 24
const EVENTS_PER_ROUND = 20

/** One event per topic: a sample for input topics, and for others what an earlier processor has published. */
const samples = new Map<string, Envelope>()
for (const line of readFileSync(new URL('./sample-events.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')) {
  const { topic, event } = JSON.parse(line) as { topic: string; event: unknown }
  const read = fromJson(topicNamed(topic)!, event)
  if (!samples.has(topic) && read.ok) samples.set(topic, read.value as Envelope)
}

/** Returns an event of the topic with its own id and time; the rest is as in the sample. */
function numbered(topic: Topic, number: number): Envelope | undefined {
  const sample = samples.get(topic.name)
  if (sample === undefined) return undefined
  const changes = { visitId: `v${number}`, visitCount: number + 1, probability: (number % 89) / 100 }
  const own = Object.fromEntries(Object.entries(changes).filter(([name]) => name in sample))
  return { ...sample, ...own, id: `n${number}`, occurredAt: sample.occurredAt + number * 1_000 }
}

/** Returns the bytes of the largest state record and of the largest message in each round. */
async function sizesOf(
  processor: Processor,
): Promise<{ readonly states: number[]; readonly messages: number[]; folded: number }> {
  const state = createTaskState(memoryStore(), processor, { cachedRecordsMax: 100_000 })
  const batchProcessor = createBatchProcessor(processor)
  const topics = processor.inputs.map(({ topic }) => topic as Topic)
  const sizes = { states: [] as number[], messages: [] as number[], folded: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const arrivals: Arrival[] = []
    for (let index = 0; index < EVENTS_PER_ROUND; index++)
      for (const topic of topics) {
        const number = round * EVENTS_PER_ROUND + index
        const event = numbered(topic, number)
        if (event !== undefined)
          arrivals.push({ kind: 'event', topic, partition: 0, offset: number, key: topic.keyOf(event), event })
      }
    const messages: Message[] = []
    const { refused } = await batchProcessor.run(state, arrivals, noGlobals, (message) => void messages.push(message))
    sizes.folded += arrivals.length - refused.length
    sizes.states.push(Math.max(0, ...state.staged().map((cell) => cell.encoded()?.length ?? 0)))
    const bytes = messages.map(({ topic, value }) =>
      value === null ? 0 : codecOf(topic, releasedRegistry).encode(value).length,
    )
    sizes.messages.push(Math.max(0, ...bytes))
    for (const { topic, value } of messages) {
      const isWanted = topic !== (scores as Topic) || (value as Score).task === 'conversion'
      if (isWanted && !samples.has(topic.name)) samples.set(topic.name, value as Envelope)
    }
    state.commit()
  }
  return sizes
}

test.each(processors.map((processor) => [processor.name, processor] as const))(
  '%s: however many events a key has, no record of its state and nothing that it publishes grows with them',
  async (_name, processor) => {
    const { states, messages, folded } = await sizesOf(processor)
    expect(folded).toBeGreaterThan(0)
    const half = ROUNDS / 2
    // Larger numbers take a byte more in Avro.
    for (const sizes of [states, messages])
      expect(Math.max(...sizes.slice(half))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, half)) + 64)
    expect(Math.max(...states, ...messages)).toBeLessThan(128 << 10)
  },
  60_000,
)
