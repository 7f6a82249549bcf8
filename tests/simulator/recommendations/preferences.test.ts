import { acceptanceProbability } from '../../../simulator/recommendations/preferences.ts'
import { productNames, type Product } from '../../../simulator/recommendations/products.ts'
import { outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { run } from '../../../simulator/run.ts'

const interest = (of: Partial<Record<Product, number>>) =>
  Object.fromEntries(productNames.map((product) => [product, of[product] ?? 0])) as Record<Product, number>

test('interested customers accept, and a need for money sells loans only', () => {
  const keen = { interest: interest({ insurance: 2 }), need: 0 }
  expect(acceptanceProbability(keen, 'insurance')).toBeGreaterThan(3 * acceptanceProbability(keen, 'credit-card'))
  const needy = { interest: interest({}), need: 1 }
  expect(acceptanceProbability(needy, 'consumer-loan')).toBeGreaterThan(2 * acceptanceProbability(needy, 'insurance'))
})

test('every customer is offered everything once in four weeks, and the outcome is about the moment of the offer', () => {
  const days = run({ seed: 'offers', customers: 20, salespeople: 4, teams: 2, startAt: Date.UTC(2026, 0, 4, 16) })
  const told: Outcome[] = []
  for (let day = 0; day < 29; day++)
    for (const { topic, event } of days.next().value.arrivals)
      if (topic === outcomes.name && (event as Outcome).task === 'preferences') told.push(event as Outcome)
  const ofFirst = told.filter(({ customerId }) => customerId === 'c-00001')
  expect(
    ofFirst
      .map(({ subjectId }) => subjectId)
      .slice(0, 5)
      .sort(),
  ).toEqual(productNames.toSorted())
  expect(told.length).toBeGreaterThanOrEqual(20 * productNames.length)
  for (const { asOf, occurredAt } of told) expect(occurredAt).toBeGreaterThan(asOf!)
})
