import type { Outcome } from '../../../schemas/models/outcomes.ts'
import type { Contact } from '../../../schemas/recommendations/organisations.ts'
import { rocAuc } from '../../../models/evaluation/metrics.ts'
import { wishes } from '../../../simulator/recommendations/wishes.ts'
import { days, eventsOf, START, DAY_MS, worldOf } from '../simulated.ts'

const world = worldOf({ customers: 300 })
const arrivals = days(world, 0, 60)
const told = eventsOf<Contact>(arrivals, 'contacts')
const taken = eventsOf<Outcome>(arrivals, 'outcomes').filter(({ task }) => task === 'recommendation')

test('organisations have several people, whose interests change and who come and go', () => {
  const people = Map.groupBy(told, ({ customerId }) => customerId)
  expect([...people.values()].some((list) => new Set(list.map(({ contactId }) => contactId)).size > 1)).toBe(true)
  expect(told.some(({ active }) => !active)).toBe(true)
  const words = Map.groupBy(told, ({ contactId }) => contactId)
  expect([...words.values()].some((list) => new Set(list.map(({ categories }) => categories.join())).size > 1)).toBe(
    true,
  )
  expect(told.every(({ interests, categories }) => interests.length === categories.length)).toBe(true)
})

test('outcomes name a characteristic and the moment that they are about, before they are known', () => {
  expect(taken.length).toBeGreaterThan(500)
  for (const { subjectId, asOf, occurredAt, value } of taken) {
    expect(Object.keys(wishes)).toContain(subjectId)
    expect(asOf).toBeLessThan(occurredAt)
    expect([0, 1]).toContain(value)
  }
})

test('the truth predicts which recommendations are accepted', () => {
  const truth = world.truth(START + 60 * DAY_MS).wishes
  expect(truth.size).toBeGreaterThan(20)
  // Stages and people have changed since, so only the order can be compared.
  const late = taken.filter(({ asOf }) => asOf! > START + 45 * DAY_MS)
  const auc = rocAuc(
    Float64Array.from(late, ({ value }) => value),
    Float64Array.from(late, ({ customerId, subjectId }) => truth.get(customerId)!.get(subjectId)!),
  )
  expect(auc).toBeGreaterThan(0.65)
})
