import type { Processor } from '../../processors/processor.ts'
import { defaultPlanning } from '../../processors/visits/planning/default-planning.ts'
import { outlookOf } from '../../processors/visits/planning/outlook.ts'
import { priorityMerge } from '../../processors/visits/priority-merge.ts'
import { visitPriority } from '../../processors/visits/visit-priority.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { priorityShares } from '../../schemas/visits/priorities.ts'
import { standings, type Standing } from '../../schemas/visits/standings.ts'
import { random } from '../../simulator/random.ts'
import { noGlobals } from '../../streams/replay/replay.ts'
import { memoryStore } from '../../streams/state/memory-store.ts'
import { createTaskState } from '../../streams/state/task-state.ts'
import { createBatchProcessor } from '../../streams/task/batch.ts'
import type { Arrival } from '../../streams/task/fold-batch.ts'

const OPPORTUNITIES = 10_000
const NOW = Date.UTC(2026, 5, 15)

/**
 * Measures the CPU time of one change of an opportunity in lists of 10,000, each change in its own transaction: fold,
 * decision, state and messages as bytes. A busy task has many changes in a transaction, and publishes each list once.
 */
export async function listChanges(quick: boolean, log: (line: string) => void): Promise<unknown> {
  const changes = quick ? 100 : 4_000
  const answer = {
    oneSalesperson: await measure(1, changes),
    fiveHundredSalespeople: await measure(500, changes),
  }
  log(`changes in lists of ${OPPORTUNITIES} opportunities: ${JSON.stringify(answer)}`)
  return answer
}

async function measure(salespeople: number, changes: number) {
  const next = random('changes', salespeople)
  const standing = (index: number, change: number): Standing => {
    const known = {
      at: NOW,
      lastVisitAt: NOW - Math.floor(next() * 60) * DAY_MS,
      probability: next(),
      trend: next() - 0.5,
      valueMinor: Math.round(next() * 1e8),
      ...{ visitCount: 4, visitsInMonth: 2, plannedCloseAt: null, stage: 'sale', currency: 'CNY' },
      agreed: '客户约了下次带材料来行里。',
    }
    return {
      id: `${index}/${change}`,
      occurredAt: NOW + change,
      source: 'bench',
      opportunityId: `opportunity-${index}`,
      customerId: `customer-${index}`,
      salespersonId: `s-${index % salespeople}`,
      teamId: `team-${index % Math.min(10, salespeople)}`,
      open: true,
      ...outlookOf(known, defaultPlanning)!,
    }
  }
  const [own, merged] = [stream(visitPriority), stream(priorityMerge)]
  const all = Array.from({ length: OPPORTUNITIES }, (_, index) => standing(index, 0))
  const shares = await own(all.map((value) => ({ topic: standings, value })))
  await merged(shares)
  const cpuMs: number[] = []
  let published = 0
  // The first changes are the warm-up, in which the code is compiled.
  const first = 1 - changes / 4
  for (let change = first; change <= changes; change++) {
    const value = standing(Math.floor(next() * OPPORTUNITIES), change - first + 1)
    const from = process.cpuUsage()
    const shared = await own([{ topic: standings, value }])
    await merged(shared)
    const { user, system } = process.cpuUsage(from)
    if (change < 1) continue
    cpuMs.push((user + system) / 1_000)
    published += shared.length
  }
  cpuMs.sort((one, other) => one - other)
  const part = (share: number) => Math.round(100 * cpuMs[Math.floor(share * cpuMs.length)]!) / 100
  const mean = Math.round((100 * cpuMs.reduce((sum, ms) => sum + ms, 0)) / cpuMs.length) / 100
  return { changes, cpuMsMean: mean, cpuMsP50: part(0.5), cpuMsP99: part(0.99), sharesPublished: published }
}

interface Event {
  readonly topic: Topic
  readonly value: unknown
}

/** Returns a function that runs a batch and returns the shares that it published, decoded from their bytes. */
function stream(processor: Processor): (events: readonly { topic: unknown; value: unknown }[]) => Promise<Event[]> {
  const state = createTaskState(memoryStore(), processor, { cachedRecordsMax: Number.POSITIVE_INFINITY })
  const batches = createBatchProcessor(processor)
  let offset = 0
  return async (events) => {
    const arrivals = (events as readonly Event[]).map(
      ({ topic, value }) =>
        ({ kind: 'event', topic, partition: 0, offset: offset++, key: topic.keyOf(value), event: value }) as Arrival,
    )
    const messages: Message[] = []
    await batches.run(state, arrivals, noGlobals, (one) => void messages.push(one))
    for (const cell of state.staged()) cell.encoded()
    state.commit()
    return messages.flatMap(({ topic, value }) => {
      const codec = codecOf(topic, releasedRegistry)
      const bytes = codec.encode(value)
      return topic === (priorityShares as Topic) ? [{ topic, value: codec.decode(bytes) }] : []
    })
  }
}
