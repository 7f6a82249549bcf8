import { catalogueOf } from '../../../features/catalogue.ts'
import { customerFeatures } from '../../../features/customers/customer.ts'
import { bucketOf } from '../../../features/hashed-names.ts'
import { preferenceFeatures, tasteFeatures, viewedBucketNames } from '../../../features/recommendations/tastes.ts'
import type { Interaction } from '../../../schemas/customers/interactions.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { mapMemory } from '../map-memory.ts'
import { featureSets } from '../../../subjects/subjects.ts'

const catalogue = catalogueOf(featureSets)

const START = Date.UTC(2026, 0, 1)
const look = (item: string | null, day: number): Interaction => ({
  id: `i${day}${item}`,
  occurredAt: START + day * DAY_MS,
  source: 'test',
  customerId: 'c1',
  kind: 'page_view',
  channel: 'app',
  item,
  durationS: null,
  responseS: null,
})

test('a look at any page of a thing counts for its group, and fades', () => {
  const memory = mapMemory(tasteFeatures.kinds)
  for (const event of [look('insurance', 0), look('credit-card/apply', 30), look('Credit-Card', 30), look(null, 30)])
    tasteFeatures.fold(memory, event)
  const row = new Float64Array(tasteFeatures.names.length)
  tasteFeatures.row(memory, START + 30 * DAY_MS, row, 0)
  const valueOf = (item: string) => row[tasteFeatures.names.indexOf(`tastes.items${bucketOf(item, 32)}`)]
  expect([valueOf('credit-card'), valueOf('insurance')]).toEqual([2, 0.5])
  expect(row.reduce((sum, one) => sum + one, 0)).toBe(2.5)
})

test('a row of preferences is that of the customer followed by the tastes', () => {
  expect(preferenceFeatures.names.slice(0, customerFeatures.names.length)).toEqual(customerFeatures.names)
  expect(preferenceFeatures.names.length).toBe(customerFeatures.names.length + 32)
  expect(preferenceFeatures.descriptions.map(({ name }) => name)).toEqual(preferenceFeatures.names)
})

test('things stand behind the feature that counts them, whichever page of them was read', () => {
  const behind = viewedBucketNames(['credit-card', 'insurance'])
  expect(behind.get(`tastes.items${bucketOf('credit-card', 32)}`)).toEqual(['credit-card'])
  expect([...behind.values()].flat().sort()).toEqual(['credit-card', 'insurance'])
})

test('every hashed feature has words that go before names', () => {
  const groups = catalogue.filter(({ meaning }) => /group \d+ of \d+|hash to \d+/.test(meaning))
  expect(groups.length).toBeGreaterThan(150)
  expect(groups.filter(({ hashed }) => hashed === undefined).map(({ name }) => name)).toEqual([])
})
