import fc from 'fast-check'
import { EXPLORATION_PERIOD_MS, isExplored, selectionOf } from '../../../processors/models/exploration.ts'

const rule = { share: 0.1, estimateMin: 0.2, seed: 7 }
const candidate = { task: 'loan-demand', subjectId: 'c1', at: 0, estimate: 0.3, threshold: 0.6 }
const customers = Array.from({ length: 20_000 }, (_, number) => `c${number}`)
const selected = (given: typeof rule, changes: Partial<typeof candidate> = {}) =>
  new Set(customers.filter((subjectId) => selectionOf(given, { ...candidate, subjectId, ...changes }).acted))

test('from the threshold on every subject is selected, and none is explored', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.6, max: 1, noNaN: true }), fc.string(), (estimate, subjectId) => {
      const selection = selectionOf(rule, { ...candidate, estimate, subjectId })
      expect(selection).toEqual({ acted: true, propensity: 1 })
      expect(isExplored(selection)).toBe(false)
    }),
  )
})

test('below the threshold the stated share is selected', () => {
  const share = selected(rule).size / customers.length
  // Four standard errors of a share of 0.1 among 20,000.
  expect(Math.abs(share - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / customers.length))
  expect(selectionOf(rule, candidate).propensity).toBe(0.1)
})

test.each([
  ['without a rule', undefined, 0.3],
  ['with a share of 0', { ...rule, share: 0 }, 0.3],
  ['below the lowest estimate', rule, 0.19],
])('%s nobody below the threshold can be selected', (_, given, estimate) => {
  for (const subjectId of customers.slice(0, 100))
    expect(selectionOf(given, { ...candidate, subjectId, estimate })).toEqual({ acted: false, propensity: 0 })
})

test('a larger share keeps the subjects of a smaller one', () => {
  const [few, many] = [selected(rule), selected({ ...rule, share: 0.2 })]
  expect([...few].filter((subject) => !many.has(subject))).toEqual([])
})

test('a draw holds for a period, and is independent of other periods, seeds and tasks', () => {
  const before = selected(rule)
  expect(selected(rule, { at: EXPLORATION_PERIOD_MS - 1 })).toEqual(before)
  for (const other of [
    selected(rule, { at: EXPLORATION_PERIOD_MS }),
    selected({ ...rule, seed: 8 }),
    selected(rule, { task: 'other' }),
  ]) {
    const both = [...before].filter((subject) => other.has(subject)).length / customers.length
    // A tenth of a tenth, within four standard errors.
    expect(Math.abs(both - 0.01)).toBeLessThan(4 * Math.sqrt(0.0099 / customers.length))
  }
})
