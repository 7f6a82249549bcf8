import { createGenerator, type Workload } from '../../../bench/sb-s/generate.ts'
import { benchRegistry, scoresTopic, transactionsTopic } from '../../../bench/sb-s/schemas.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import type { Topic } from '../../../schemas/topic.ts'

const take = (workload: Workload, count: number) => {
  const next = createGenerator(workload)
  return Array.from({ length: count }, next)
}
const uniform: Workload = { seed: 1, distribution: 'uniform', customers: 100 }

test('a workload always gives the same events, numbered, in order of time', () => {
  const events = take(uniform, 500)
  expect(take(uniform, 500)).toEqual(events)
  expect(take({ ...uniform, seed: 2 }, 500)).not.toEqual(events)
  expect(events.map(({ transactionId }) => Number.parseInt(transactionId.slice(0, 8), 16))).toEqual(
    events.map((_, n) => n),
  )
  for (const [index, { occurredAt }] of events.slice(1).entries())
    expect(occurredAt).toBeGreaterThan(events[index]!.occurredAt)
})

test('events have the size that the comparison states, and their balance follows from their amounts', () => {
  const topic = transactionsTopic('transactions')
  const { encode, decode } = codecOf(topic as Topic, benchRegistry(topic as Topic, scoresTopic('scores') as Topic))
  const events = take(uniform, 2_000)
  const bytes = events.reduce((sum, event) => sum + encode(event).length, 0) / events.length
  expect(bytes).toBeGreaterThan(120)
  expect(bytes).toBeLessThan(160)
  expect(events[0]).toMatchObject(decode(encode(events[0]!)) as object)
  const balances = new Map<string, number>()
  for (const { customerId, amount, balance } of events) {
    const before = balances.get(customerId)
    if (before !== undefined) expect(balance).toBeCloseTo(before + amount, 6)
    balances.set(customerId, balance)
  }
})

test('under Zipf the first customers have most of the events', () => {
  const events = take({ ...uniform, distribution: 'zipf', customers: 1_000 }, 20_000)
  const first = events.filter(({ customerId }) => customerId === 'c0000000').length / events.length
  // 1 ÷ (1 + 1/2 + … + 1/1000)
  expect(first).toBeGreaterThan(0.12)
  expect(first).toBeLessThan(0.15)
})
