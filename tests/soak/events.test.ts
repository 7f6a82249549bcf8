import { transactions } from '../../schemas/customers/banking.ts'
import { checkEvent } from '../../schemas/check-event.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { visits, type Visit } from '../../schemas/visits/visits.ts'
import { createEvents } from '../../soak/events.ts'

const START = Date.UTC(2026, 5, 1)

test('a seed gives the same events, and every one has its own id', () => {
  const [one, other] = [createEvents('a', START), createEvents('a', START)]
  const made = [...one.next(500)].flatMap(([, list]) => list as Envelope[])
  expect(made).toEqual([...other.next(500)].flatMap(([, list]) => list))
  expect(new Set(made.map(({ id }) => id)).size).toBe(500)
  expect([...createEvents('b', START).next(500)]).not.toEqual([...createEvents('a', START).next(500)])
})

test('all of them are good events', () => {
  for (const [topic, list] of createEvents('a', START).next(300)) {
    for (const event of list as Envelope[]) {
      checkEvent(topic, event, { key: topic.keyOf(event), writtenAt: START })
      const codec = codecOf(topic, releasedRegistry)
      expect(codec.decode(codec.encode(event))).toEqual(event)
    }
  }
})

test('the tally gives the expected results', () => {
  const source = createEvents('a', START)
  const made = [source.next(700), source.next(300)]
  const { count, featured, featuredCount, visitCount } = source.tally()
  const listOf = (topic: Topic) => made.flatMap((batch) => batch.get(topic)!)
  expect(count).toBe(1_000)
  expect(visitCount).toBe(listOf(visits as Topic).length)
  expect(featuredCount).toBe(1_000 - visitCount)
  expect(featured.values().reduce((sum, one) => sum + one, 0)).toBe(featuredCount)
  expect(listOf(transactions as Topic).length).toBeGreaterThan(400)
})

test('the visits of an opportunity are few and each its own', () => {
  const made = createEvents('a', START)
    .next(20_000)
    .get(visits as Topic) as Visit[]
  expect(new Set(made.map(({ visitId }) => visitId)).size).toBe(made.length)
  for (const [, list] of Map.groupBy(made, ({ opportunityId }) => opportunityId))
    expect(list.length).toBeLessThanOrEqual(8)
})
